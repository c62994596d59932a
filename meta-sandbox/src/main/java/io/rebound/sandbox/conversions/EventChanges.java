package io.rebound.sandbox.conversions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The journal's words for events. */
final class EventChanges {
  private static final JsonMapper JSON = JsonMapper.shared();

  private EventChanges() {}

  /** A request's events: their bytes are there already, so nothing is written twice. */
  static byte[] received(List<ReceivedEvent> events, Sending sending) {
    var line = new ByteArrayOutputStream(events.size() * 1024 + 128);
    ObjectNode head = JsonNodeFactory.instance.objectNode();
    sending.writeTo(head.put("op", "received"));
    if (!events.isEmpty() && events.getFirst().browser()) {
      head.put("browser", true);
    }
    String start = JSON.writeValueAsString(head);
    append(line, start.substring(0, start.length() - 1) + ",\"events\":[");
    boolean first = true;
    for (ReceivedEvent event : events) {
      if (!first) {
        line.write(',');
      }
      first = false;
      line.writeBytes(event.json());
    }
    append(line, "]}");
    return line.toByteArray();
  }

  static byte[] kept(StoredEvent stored) {
    ObjectNode change =
        JsonNodeFactory.instance
            .objectNode()
            .put("op", "kept")
            .put("position", stored.position)
            .put("deliveries", stored.deliveries)
            .put("server", stored.origins.server())
            .put("browser", stored.origins.browser())
            .put("browser_counts", stored.origins.browserCounts());
    stored.sending.writeTo(change);
    byte[] json = stored.event.json();
    var line = new ByteArrayOutputStream(json.length + 256);
    String start = JSON.writeValueAsString(change);
    append(line, start.substring(0, start.length() - 1) + ",\"event\":");
    line.writeBytes(json);
    line.write('}');
    return line.toByteArray();
  }

  static byte[] remembered(String key, long at) {
    return JSON.writeValueAsBytes(
        JsonNodeFactory.instance
            .objectNode()
            .put("op", "remembered")
            .put("key", key)
            .put("at", at));
  }

  static byte[] counts(ObjectNode counts, long lastPosition) {
    ObjectNode change = JsonNodeFactory.instance.objectNode();
    change.put("op", "counts").put("last", lastPosition).set("counts", counts);
    return JSON.writeValueAsBytes(change);
  }

  /** An event told by {@link #kept(StoredEvent)}. */
  static StoredEvent kept(JsonNode change) {
    boolean server = change.path("server").asBoolean(true);
    return new StoredEvent(
        change.path("position").asLong(),
        ReceivedEvent.of(change.path("event"), !server),
        Sending.restored(change),
        change.path("deliveries").asInt(1),
        new StoredEvent.Origins(
            server,
            change.path("browser").asBoolean(false),
            change.path("browser_counts").asBoolean(false)));
  }

  private static void append(ByteArrayOutputStream line, String text) {
    line.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
