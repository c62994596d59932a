package io.rebound.sandbox.inspection;

import io.rebound.sandbox.whatsapp.MessageStore;
import io.rebound.sandbox.whatsapp.PersonStore;
import io.rebound.sandbox.whatsapp.Persons;
import io.rebound.sandbox.whatsapp.Quality;
import io.rebound.sandbox.whatsapp.SandboxMessage;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Messages in both directions, and people who write. */
@RestController
class WhatsappInspection {
  private final MessageStore messages;
  private final Persons persons;
  private final PersonStore known;
  private final Quality quality;

  WhatsappInspection(MessageStore messages, Persons persons, PersonStore known, Quality quality) {
    this.quality = quality;
    this.messages = messages;
    this.known = known;
    this.persons = persons;
  }

  @GetMapping("/_sandbox/whatsapp/messages")
  ObjectNode messages(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "") String after) {
    int most = Pages.limit(limit);
    int from = (int) Math.clamp(Pages.position(after, 0), 0, Integer.MAX_VALUE);
    List<SandboxMessage> found = messages.after(from, most + 1);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode data = answer.putArray("data");
    found.stream().limit(most).forEach(message -> data.add(message.shown()));
    if (found.size() > most) {
      answer.put("next", String.valueOf(from + most));
    }
    return answer;
  }

  /**
   * Somebody writes: {@code {"from": "+4915112345678", "text": "Hi"}}; or does something else, see
   * {@link Persons}.
   */
  @PostMapping("/_sandbox/whatsapp/inbound")
  ObjectNode inbound(@RequestBody JsonNode body) {
    return persons.act(body);
  }

  /** What is known of the persons something happened to last. */
  @GetMapping("/_sandbox/whatsapp/persons")
  ObjectNode persons(@RequestParam(defaultValue = "100") int limit) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode data = answer.putArray("data");
    known.latest(Pages.limit(limit)).forEach(person -> data.add(person.shown()));
    return answer;
  }

  /** Meta changes its mind about a template; see {@link Quality}. */
  @PutMapping("/_sandbox/whatsapp/templates/{id}")
  ObjectNode template(@PathVariable String id, @RequestBody JsonNode body) {
    return quality.change(id, body);
  }
}
