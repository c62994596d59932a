package io.rebound.sandbox.conversions;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event Meta took.
 *
 * @param id the event id; empty if it has none
 * @param key a second one with the same counts as the same; empty if none does
 * @param browser whether a browser sent it, not a server
 * @param web whether it happened on a website; only these are rated
 * @param happenedAt in Unix seconds, by what the event says
 * @param traces by which a server's event without an id is the browser's before it
 * @param json the event as it was sent
 */
record ReceivedEvent(
    String name,
    String id,
    String key,
    boolean browser,
    boolean web,
    long happenedAt,
    List<String> traces,
    Review review,
    byte[] json) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static ReceivedEvent of(JsonNode event, boolean browser) {
    String id = event.path("event_id").asString("");
    String source = event.path("action_source").asString("");
    boolean web = browser || source.equals("website");
    return new ReceivedEvent(
        event.path("event_name").asString(""),
        id,
        EventKeys.of(event),
        browser,
        web,
        event.path("event_time").asLong(0),
        browser || (web && id.isEmpty()) ? EventKeys.traces(event) : List.of(),
        Review.of(event),
        JSON.writeValueAsBytes(event));
  }
}
