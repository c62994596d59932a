package io.rebound.sandbox.conversions;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** By what two events are the same for Meta. */
final class EventKeys {
  /** How keys of what happened in a shop begin: they are compared with each other only. */
  static final String OFFLINE = "\noffline\n"; // no name begins so

  private EventKeys() {}

  /** The event's key; empty if it never is the same as another. */
  static String of(JsonNode event) {
    String name = event.path("event_name").asString("");
    String id = event.path("event_id").asString("");
    return switch (event.path("action_source").asString("")) {
      case "business_messaging" -> "";
      case "physical_store" -> OFFLINE + name + '\n' + offline(event);
      default -> id.isEmpty() ? "" : name + '\n' + id;
    };
  }

  // the same user data only matter where there is no order
  private static String offline(JsonNode event) {
    JsonNode data = event.path("custom_data");
    String order = data.path("order_id").asString("");
    return event.path("event_time").asString("")
        + '\n'
        + data.path("item_number").asString("")
        + '\n'
        + (order.isEmpty() ? event.path("user_data").toString() : "order " + order);
  }

  /** By which a server's event without an id is the browser's of the same name before it. */
  static List<String> traces(JsonNode event) {
    List<String> traces = new ArrayList<>(2);
    for (String key : List.of("fbp", "external_id")) {
      JsonNode given = event.path("user_data").path(key);
      for (JsonNode value : given.isArray() ? given : List.of(given)) {
        if (!value.asString("").isBlank()) {
          traces.add(event.path("event_name").asString("") + '\n' + key + '\n' + value.asString());
        }
      }
    }
    return traces;
  }
}
