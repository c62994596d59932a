package io.rebound.sandbox.inspection;

import io.rebound.sandbox.whatsapp.Posted;
import io.rebound.sandbox.whatsapp.Poster;
import io.rebound.sandbox.whatsapp.Trouble;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was posted to the webhook, and how unreliably the next ones are. */
@RestController
@RequestMapping("/_sandbox/whatsapp/webhooks")
class WebhooksInspection {
  private final Trouble trouble;
  private final Posted posted;
  private final Poster poster;

  WebhooksInspection(Trouble trouble, Posted posted, Poster poster) {
    this.trouble = trouble;
    this.posted = posted;
    this.poster = poster;
  }

  @GetMapping
  ObjectNode posted(@RequestParam(defaultValue = "100") int limit) {
    ObjectNode answer = posted.shown(Pages.limit(limit));
    answer.set("trouble", trouble.shown());
    return answer;
  }

  /** Wants other trouble than before; see {@link Trouble}. */
  @PutMapping
  ObjectNode trouble(@RequestBody JsonNode body) {
    return trouble.replace(body);
  }

  /** Posts again what was posted at {@code position}, by default the oldest that is kept. */
  @PostMapping("/replay")
  ObjectNode replay(@RequestBody JsonNode body) throws InterruptedException {
    boolean taken = poster.replay(body.path("position").asLong(0));
    return JsonNodeFactory.instance.objectNode().put("taken", taken);
  }
}
