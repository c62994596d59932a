package io.rebound.sandbox.conversions;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event Meta took.
 *
 * @param id the event id; empty if it has none
 * @param deduplicated whether a second one with the same name and id counts as the same
 * @param json the event as it was sent
 */
record ReceivedEvent(
    String name, String id, boolean deduplicated, List<String> diagnostics, byte[] json) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static ReceivedEvent of(JsonNode event) {
    String id = event.path("event_id").asString("");
    boolean messaging = event.path("action_source").asString("").equals("business_messaging");
    return new ReceivedEvent(
        event.path("event_name").asString(""),
        id,
        !id.isEmpty() && !messaging,
        Diagnostics.of(event),
        JSON.writeValueAsBytes(event));
  }

  String key() {
    return name + '\n' + id;
  }
}
