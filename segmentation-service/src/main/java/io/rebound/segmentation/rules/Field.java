package io.rebound.segmentation.rules;

import io.rebound.problems.InvalidRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A part of a definition and where it stands, so that a refusal can name it. */
record Field(String path, JsonNode node) {
  private static final int LONGEST_TEXT = 200;
  private static final int MOST_ELEMENTS = 100;
  private static final int MOST_DIGITS = 30;
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})([smhdw])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7));

  InvalidRequest wrong(String reason) {
    return new InvalidRequest(path, reason);
  }

  boolean isObject() {
    return node.isObject();
  }

  Field mustBeObject() {
    if (!node.isObject()) {
      throw wrong("must be an object");
    }
    if (node.size() > MOST_ELEMENTS) {
      throw wrong("must not have more than " + MOST_ELEMENTS + " fields");
    }
    return this;
  }

  void mustOnlyHave(Set<String> allowed) {
    for (String name : names()) {
      if (!allowed.contains(name)) {
        String known = allowed.stream().sorted().collect(Collectors.joining(", "));
        throw at(name).wrong("is not known here; known are " + known);
      }
    }
  }

  List<String> names() {
    return List.copyOf(node.propertyNames());
  }

  boolean has(String name) {
    return node.has(name);
  }

  Field at(String name) {
    String key = name.length() > LONGEST_TEXT ? name.substring(0, LONGEST_TEXT) : name;
    return new Field(path + "." + key, node.path(name));
  }

  List<Field> elements() {
    if (!node.isArray() || node.isEmpty()) {
      throw wrong("must be a list with at least one element");
    }
    if (node.size() > MOST_ELEMENTS) {
      throw wrong("must not have more than " + MOST_ELEMENTS + " elements");
    }
    List<Field> elements = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      elements.add(new Field(path + "[" + i + "]", node.get(i)));
    }
    return elements;
  }

  String text() {
    if (!node.isString() || node.stringValue().isBlank()) {
      throw wrong("must be a text");
    }
    if (node.stringValue().length() > LONGEST_TEXT) {
      throw wrong("must not be longer than " + LONGEST_TEXT + " characters");
    }
    return node.stringValue();
  }

  BigDecimal number() {
    // what a double can't hold is infinite and would fail to be a decimal
    if (!node.isNumber() || (node.isDouble() && !Double.isFinite(node.doubleValue()))) {
      throw wrong("must be a number");
    }
    BigDecimal number = node.decimalValue();
    if (number.precision() > MOST_DIGITS || Math.abs(number.scale()) > MOST_DIGITS) {
      throw wrong("must not have more than " + MOST_DIGITS + " digits");
    }
    return number;
  }

  int from1To5() {
    if (!node.isInt() || node.intValue() < 1 || node.intValue() > 5) {
      throw wrong("must be a whole number from 1 to 5");
    }
    return node.intValue();
  }

  Object scalar() {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isNumber()) {
      return number();
    }
    if (node.isString()) {
      return text();
    }
    throw wrong("must be a text, a number, true or false");
  }

  Duration duration() {
    Matcher matcher = DURATION.matcher(node.isString() ? node.stringValue() : "");
    if (!matcher.matches()) {
      throw wrong("must be a time such as 30m, 24h, 7d or 2w");
    }
    Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
    Duration duration = unit.multipliedBy(Long.parseLong(matcher.group(1)));
    if (duration.compareTo(LONGEST) > 0) {
      throw wrong("must not be longer than 3650d");
    }
    return duration;
  }
}
