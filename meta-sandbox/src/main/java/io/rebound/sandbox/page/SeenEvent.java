package io.rebound.sandbox.page;

import io.rebound.sandbox.conversions.ShownEvent;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page tells of an event: which match keys it has, none of their values. */
record SeenEvent(
    Instant receivedAt,
    String name,
    String source,
    Set<String> matchKeys,
    String value,
    String id,
    int deliveries) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static SeenEvent of(ShownEvent event) {
    JsonNode json = JSON.readTree(event.json());
    Set<String> keys = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> key : json.path("user_data").properties()) {
      if (!key.getValue().isNull()) {
        keys.add(key.getKey());
      }
    }
    return new SeenEvent(
        Instant.ofEpochMilli(event.receivedAt()),
        event.name(),
        json.path("action_source").asString("").replace('_', ' '),
        keys,
        value(json.path("custom_data")),
        event.id(),
        event.deliveries());
  }

  private static String value(JsonNode customData) {
    JsonNode value = customData.path("value");
    return value.isMissingNode() || value.isNull()
        ? ""
        : value.asString("")
            + " "
            + customData.path("currency").asString("").toUpperCase(Locale.ROOT);
  }
}
