package io.rebound.sandbox.faults;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a rule, read one by one. What is wrong is refused by an {@link
 * IllegalArgumentException} that names the field, never its value: it may be a token.
 */
final class RuleFields {
  private final ObjectNode object;
  private final String place;
  private final Set<String> known = new HashSet<>();

  private RuleFields(ObjectNode object, String place) {
    this.object = object;
    this.place = place;
  }

  static RuleFields of(JsonNode node, String place) {
    if (node instanceof ObjectNode object) {
      return new RuleFields(object, place);
    }
    throw new IllegalArgumentException(place + " is an object");
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** The value, which counts as read; missing if it isn't there. */
  JsonNode value(String name) {
    known.add(name);
    return object.path(name);
  }

  boolean flag(String name) {
    JsonNode value = value(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw refusal(name, "is true or false");
    }
    return value.asBoolean(false);
  }

  @Nullable Long whole(String name, long least, long most) {
    JsonNode value = value(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < least
        || value.asLong() > most) {
      throw refusal(name, "is a whole number from %d to %d".formatted(least, most));
    }
    return value.asLong();
  }

  long whole(String name, long least, long most, long otherwise) {
    Long value = whole(name, least, most);
    return value == null ? otherwise : value;
  }

  String text(String name, String otherwise) {
    JsonNode value = value(name);
    if (!value.isMissingNode() && !value.isString()) {
      throw refusal(name, "is a text");
    }
    return value.asString(otherwise);
  }

  Pattern pattern(String name, String otherwise) {
    try {
      return Pattern.compile(text(name, otherwise));
    } catch (PatternSyntaxException e) {
      throw refusal(name, "is no regular expression: " + e.getDescription());
    }
  }

  @Nullable ObjectNode object(String name) {
    JsonNode value = value(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (value instanceof ObjectNode found) {
      return found.deepCopy();
    }
    throw refusal(name, "is an object");
  }

  /** The fields of an object within this one. */
  RuleFields within(String name) {
    return of(value(name), place + "." + name);
  }

  /** Refuses what nobody asked for: a misspelt field would silently do nothing. */
  void nothingElse() {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw refusal(name, "is unknown here");
      }
    }
  }

  IllegalArgumentException refusal(String name, String reason) {
    return new IllegalArgumentException(place + "." + name + " " + reason);
  }

  IllegalArgumentException refusal(String reason) {
    return new IllegalArgumentException(place + " " + reason);
  }
}
