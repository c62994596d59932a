package io.rebound.sandbox.conversions;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event Meta took.
 *
 * @param id the event id; empty if it has none
 * @param deduplicated whether a second one with the same name and id counts as the same
 * @param web whether it happened on a website; only these are rated
 * @param happenedAt in Unix seconds, by what the event says
 * @param json the event as it was sent
 */
record ReceivedEvent(
    String name,
    String id,
    boolean deduplicated,
    boolean web,
    long happenedAt,
    Review review,
    byte[] json) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static ReceivedEvent of(JsonNode event) {
    String id = event.path("event_id").asString("");
    String source = event.path("action_source").asString("");
    return new ReceivedEvent(
        event.path("event_name").asString(""),
        id,
        !id.isEmpty() && !source.equals("business_messaging"),
        source.equals("website"),
        event.path("event_time").asLong(0),
        Review.of(event),
        JSON.writeValueAsBytes(event));
  }

  String key() {
    return name + '\n' + id;
  }
}
