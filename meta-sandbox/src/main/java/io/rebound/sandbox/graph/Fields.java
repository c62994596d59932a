package io.rebound.sandbox.graph;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows of an object what {@code fields} asks for; Meta shows little by itself. */
public final class Fields {
  private Fields() {}

  /** The object with the fields asked for; with {@code usual} ones if none are. */
  public static ObjectNode select(Params params, ObjectNode whole, String usual) {
    Optional<String> asked = params.text("fields");
    ObjectNode shown = Answer.object();
    for (String field : withoutNested(asked.orElse(usual)).split(",")) {
      String name = field.strip();
      JsonNode value = whole.get(name);
      if (value != null) {
        shown.set(name, value);
      } else if (!name.isEmpty() && asked.isPresent() && !whole.has(name)) {
        throw GraphError.invalidParameter("Tried accessing nonexisting field (" + name + ")");
      }
    }
    JsonNode id = whole.get("id");
    if (id != null) {
      shown.set("id", id); // comes always
    }
    return shown;
  }

  private static String withoutNested(String fields) {
    var plain = new StringBuilder(fields.length());
    int depth = 0;
    for (char c : fields.toCharArray()) {
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      } else if (depth == 0) {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
