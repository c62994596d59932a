package io.rebound.sandbox.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/**
 * A request's parameters, wherever they came from. In a form a list or an object is JSON in a text;
 * in a JSON body it's itself; both read the same here.
 */
public final class Params {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  void put(String name, JsonNode value) {
    values.put(name, value);
  }

  void put(String name, String value) {
    values.put(name, StringNode.valueOf(value));
  }

  /** The parameter's text; empty if it is missing or blank. */
  public Optional<String> text(String name) {
    JsonNode value = values.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    String text = value.isContainer() ? value.toString() : value.asString("");
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  /** The parameter as JSON, parsed if it came as text; missing if it isn't there. */
  public JsonNode json(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      return MissingNode.getInstance();
    }
    return value.isString() ? parsed(name, value.asString()) : value;
  }

  /** A number, with a bound for what Meta would take. */
  public int limit(int usual, int most) {
    return text("limit")
        .map(Params::number)
        .filter(OptionalLong::isPresent)
        .map(number -> (int) Math.clamp(number.getAsLong(), 1, most))
        .orElse(usual);
  }

  public boolean flag(String name, boolean otherwise) {
    return text(name).map(text -> text.equals("true") || text.equals("1")).orElse(otherwise);
  }

  /** All names and values, for objects that keep what they were given. */
  public Map<String, JsonNode> all() {
    return values;
  }

  static OptionalLong number(@Nullable String text) {
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static JsonNode parsed(String name, String text) {
    String trimmed = text.strip();
    if (!trimmed.startsWith("[") && !trimmed.startsWith("{")) {
      return StringNode.valueOf(text);
    }
    try {
      return JSON.readTree(trimmed);
    } catch (JacksonException e) {
      throw GraphError.invalidParameter("Param " + name + " must be valid JSON");
    }
  }
}
