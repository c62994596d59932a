package io.rebound.sandbox.conversions;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of fields, as {@code fields=web{event_name,event_match_quality{composite_score}}} asks for
 * them. A field without braces is asked for whole.
 */
record NestedFields(Map<String, NestedFields> within) {

  /**
   * Reads what was asked for.
   *
   * @throws GraphError if the braces don't match
   */
  static NestedFields of(String text) {
    var reader = new Reader(text);
    NestedFields fields = reader.list();
    if (reader.position < text.length()) {
      throw reader.unreadable();
    }
    return fields;
  }

  /** What of the value was asked for; fields it doesn't have are left out. */
  JsonNode of(JsonNode whole) {
    if (within.isEmpty()) {
      return whole;
    }
    if (whole.isArray()) {
      ArrayNode each = JsonNodeFactory.instance.arrayNode();
      whole.forEach(one -> each.add(of(one)));
      return each;
    }
    if (!whole.isObject()) {
      return whole;
    }
    ObjectNode chosen = Answer.object();
    within.forEach((name, fields) -> {
      if (whole.has(name)) {
        chosen.set(name, fields.of(whole.path(name)));
      }
    });
    return chosen;
  }

  private static final class Reader {
    private final String text;
    private int position;

    Reader(String text) {
      this.text = text;
    }

    NestedFields list() {
      Map<String, NestedFields> found = new LinkedHashMap<>();
      while (position < text.length() && text.charAt(position) != '}') {
        String name = name();
        NestedFields nested = new NestedFields(Map.of());
        if (position < text.length() && text.charAt(position) == '{') {
          position++;
          nested = list();
          if (position == text.length()) {
            throw unreadable();
          }
          position++; // the closing brace
        }
        if (!name.isEmpty()) {
          found.put(name, nested);
        }
        if (position < text.length() && text.charAt(position) == ',') {
          position++;
        }
      }
      return new NestedFields(found);
    }

    private String name() {
      int start = position;
      while (position < text.length() && ",{}".indexOf(text.charAt(position)) < 0) {
        position++;
      }
      return text.substring(start, position).strip();
    }

    GraphError unreadable() {
      return GraphError.of(
          400, 2500, "Syntax error \"Expected end of string\" at character " + position + ".");
    }
  }
}
