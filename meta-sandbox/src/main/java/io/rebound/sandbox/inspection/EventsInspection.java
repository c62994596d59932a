package io.rebound.sandbox.inspection;

import io.rebound.sandbox.conversions.EventStore;
import io.rebound.sandbox.conversions.ShownEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the Conversions API took. */
@RestController
class EventsInspection {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final EventStore events;

  EventsInspection(EventStore events) {
    this.events = events;
  }

  @GetMapping("/_sandbox/events/stats")
  ObjectNode stats() {
    return events.stats();
  }

  /**
   * Events in the order they came, or the newest first. {@code next} leads behind the last one
   * shown, also if nothing is there yet, so that a reader can follow; an empty page has none.
   */
  @GetMapping("/_sandbox/events")
  ObjectNode events(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(name = "event_id", defaultValue = "") String eventId,
      @RequestParam(name = "event_name", defaultValue = "") String eventName,
      @RequestParam(name = "test_event_code", defaultValue = "") String testCode,
      @RequestParam(defaultValue = "false") boolean newest) {
    Predicate<ShownEvent> wanted =
        event ->
            (eventId.isEmpty() || eventId.equals(event.id()))
                && (eventName.isEmpty() || eventName.equals(event.name()))
                && (testCode.isEmpty() || testCode.equals(event.testCode()));
    int most = Pages.limit(limit);
    List<ShownEvent> page =
        newest
            ? events.newestBefore(Pages.position(after, Long.MAX_VALUE), most, wanted)
            : events.after(Pages.position(after, 0), most, wanted);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode data = answer.putArray("data");
    page.forEach(event -> data.add(shown(event)));
    if (!page.isEmpty()) {
      answer.put("next", String.valueOf(page.getLast().position()));
    }
    return answer;
  }

  private static ObjectNode shown(ShownEvent event) {
    ObjectNode shown = (ObjectNode) JSON.readTree(event.json());
    shown
        .put("received_at", Instant.ofEpochMilli(event.receivedAt()).toString())
        .put("deliveries", event.deliveries())
        .put("position", event.position());
    ArrayNode keys = shown.putArray("match_keys");
    event.matchKeys().forEach(keys::add);
    if (event.fromBrowser()) {
      ArrayNode origins = shown.putArray("origins").add("browser");
      if (event.fromServer()) {
        origins.add("server");
      }
      shown.put("counts_as", event.browserCounts() ? "browser" : "server");
    }
    if (!shown.path("data_processing_options").isEmpty()) {
      shown.put("limited_data_use", true);
    }
    if (!event.testCode().isEmpty()) {
      shown.put("test_event_code", event.testCode());
    }
    if (!event.diagnostics().isEmpty()) {
      ArrayNode words = shown.putArray("diagnostics");
      event.diagnostics().forEach(words::add);
    }
    return shown;
  }
}
