package io.rebound.sandbox.inspection;

import io.rebound.sandbox.conversions.EventStore;
import java.time.Clock;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Plays the browsers whose Pixel sends the same events as the server. */
@RestController
class BrowserDoor {
  private final EventStore events;
  private final Clock clock;

  BrowserDoor(EventStore events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /** Events as the Pixel has them: only {@code event_name} is needed. */
  @PostMapping("/_sandbox/browser_events")
  ObjectNode receive(@RequestBody JsonNode body) {
    JsonNode data = body.path("data");
    events.addFromBrowser(data, clock.millis());
    return JsonNodeFactory.instance.objectNode().put("events_received", data.size());
  }
}
