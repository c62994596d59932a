package io.rebound.sandbox.conversions;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event Meta took.
 *
 * @param id the event id; empty if it has none
 * @param deduplicated whether a second one with the same name and id counts as the same
 * @param browser whether a browser sent it, not a server
 * @param web whether it happened on a website; only these are rated
 * @param happenedAt in Unix seconds, by what the event says
 * @param traces by which a server's event without an id is the browser's before it
 * @param json the event as it was sent
 */
record ReceivedEvent(
    String name,
    String id,
    boolean deduplicated,
    boolean browser,
    boolean web,
    long happenedAt,
    List<String> traces,
    Review review,
    byte[] json) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static ReceivedEvent of(JsonNode event, boolean browser) {
    String name = event.path("event_name").asString("");
    String id = event.path("event_id").asString("");
    String source = event.path("action_source").asString("");
    boolean web = browser || source.equals("website");
    return new ReceivedEvent(
        name,
        id,
        !id.isEmpty() && !source.equals("business_messaging"),
        browser,
        web,
        event.path("event_time").asLong(0),
        browser || (web && id.isEmpty()) ? traces(name, event.path("user_data")) : List.of(),
        Review.of(event),
        JSON.writeValueAsBytes(event));
  }

  private static List<String> traces(String name, JsonNode userData) {
    List<String> traces = new ArrayList<>(2);
    for (String key : List.of("fbp", "external_id")) {
      JsonNode given = userData.path(key);
      for (JsonNode value : given.isArray() ? given : List.of(given)) {
        if (!value.asString("").isBlank()) {
          traces.add(name + '\n' + key + '\n' + value.asString());
        }
      }
    }
    return traces;
  }

  String key() {
    return name + '\n' + id;
  }
}
