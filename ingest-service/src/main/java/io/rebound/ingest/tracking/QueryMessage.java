package io.rebound.ingest.tracking;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message written as the parameters of an address: a dot leads into an object, as in {@code
 * context.page.url}. Everything is text but {@code true} and {@code false}.
 */
final class QueryMessage {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 20;

  private QueryMessage() {}

  /** The first of each parameter counts; the write key is none of the message. */
  static ObjectNode of(Map<String, List<String>> parameters) {
    ObjectNode message = JSON.objectNode().put("channel", "web");
    parameters.forEach((name, values) -> {
      if (!name.equals("writeKey")) {
        put(message, name.split("\\.", DEEPEST), values.getFirst());
      }
    });
    return message;
  }

  private static void put(ObjectNode message, String[] path, String value) {
    ObjectNode place = message;
    for (int i = 0; i < path.length - 1; i++) {
      place = place.path(path[i]) instanceof ObjectNode inside ? inside : place.putObject(path[i]);
    }
    String last = path[path.length - 1];
    if (!(place.path(last) instanceof ObjectNode)) { // a=1 beside a.b=2: the object stays
      place.set(last, value(value));
    }
  }

  private static JsonNode value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return JSON.booleanNode(text.equals("true"));
    }
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return JSON.stringNode(quoted ? text.substring(1, text.length() - 1) : text);
  }
}
