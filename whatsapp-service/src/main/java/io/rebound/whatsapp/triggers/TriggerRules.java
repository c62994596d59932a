package io.rebound.whatsapp.triggers;

import io.rebound.problems.InvalidRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** Reads a trigger as it was put, naming the field that is wrong. */
final class TriggerRules {
  private static final Set<String> FIELDS =
      Set.of(
          "event", "unless", "after", "template", "language", "parameters", "fallbacks", "enabled");
  private static final Set<String> PARAMETERS = Set.of("first_name");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern TEMPLATE = Pattern.compile("[a-z0-9_]{1,512}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Z]{2,3})?");
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int LONGEST_EVENT = 100;
  private static final int LONGEST_FALLBACK = 200;
  private static final int MOST = 20;

  private TriggerRules() {}

  static Trigger read(String name, JsonNode body, Instant now) {
    matching("name", name, NAME, "must be lower-case letters, digits, - and _, at most 64");
    if (!body.isObject()) {
      throw new InvalidRequest("body", "must be a JSON object");
    }
    body.propertyNames().stream()
        .filter(field -> !FIELDS.contains(field))
        .findFirst()
        .ifPresent(field -> {
          throw new InvalidRequest(field, "is not known here");
        });
    return new Trigger(
        name,
        event("event", body.get("event")),
        texts("unless", body).map(text -> event("unless", text)).toList(),
        after(text("after", body.get("after"))),
        matching(
            "template",
            text("template", body.get("template")),
            TEMPLATE,
            "must be lower-case letters, digits and _, as WhatsApp names templates"),
        matching(
            "language",
            text("language", body.get("language")),
            LANGUAGE,
            "must be a language as the template has it, for instance en or en_US"),
        texts("parameters", body).map(TriggerRules::parameter).toList(),
        fallbacks(body.get("fallbacks")),
        enabled(body.get("enabled")),
        now);
  }

  private static String event(String field, @Nullable JsonNode value) {
    String name = text(field, value);
    if (name.length() > LONGEST_EVENT) {
      throw new InvalidRequest(field, "must have at most " + LONGEST_EVENT + " characters");
    }
    return name;
  }

  private static Duration after(String text) {
    Duration after;
    try {
      after = DurationStyle.SIMPLE.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("after", "must be a time such as 30m, 1h or 2d");
    }
    if (after.compareTo(SHORTEST) < 0 || after.compareTo(LONGEST) > 0) {
      throw new InvalidRequest("after", "must be from 1s to 7d");
    }
    return after;
  }

  private static String parameter(JsonNode value) {
    String name = text("parameters", value);
    if (!PARAMETERS.contains(name)) {
      throw new InvalidRequest("parameters", "can be: " + String.join(", ", PARAMETERS));
    }
    return name;
  }

  private static Map<String, String> fallbacks(@Nullable JsonNode given) {
    if (given == null || given.isNull()) {
      return Map.of();
    }
    if (!given.isObject() || !PARAMETERS.containsAll(given.propertyNames())) {
      throw new InvalidRequest(
          "fallbacks", "must be an object with: " + String.join(", ", PARAMETERS));
    }
    var fallbacks = new HashMap<String, String>();
    given
        .propertyStream()
        .forEach(entry -> {
          String text = text("fallbacks." + entry.getKey(), entry.getValue());
          if (text.length() > LONGEST_FALLBACK) {
            throw new InvalidRequest(
                "fallbacks." + entry.getKey(),
                "must have at most " + LONGEST_FALLBACK + " characters");
          }
          fallbacks.put(entry.getKey(), text);
        });
    return fallbacks;
  }

  private static boolean enabled(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return true;
    }
    if (!value.isBoolean()) {
      throw new InvalidRequest("enabled", "must be true or false");
    }
    return value.asBoolean();
  }

  private static Stream<JsonNode> texts(String field, JsonNode body) {
    JsonNode list = body.get(field);
    if (list == null || list.isNull()) {
      return Stream.empty();
    }
    if (!list.isArray() || list.size() > MOST) {
      throw new InvalidRequest(field, "must be a list of at most " + MOST + " texts");
    }
    return List.copyOf(list.values()).stream();
  }

  private static String text(String field, @Nullable JsonNode value) {
    if (value == null || !value.isString() || value.asString().isBlank()) {
      throw new InvalidRequest(field, "must be a text");
    }
    return value.asString();
  }

  private static String matching(String field, String value, Pattern pattern, String rule) {
    if (!pattern.matcher(value).matches()) {
      throw new InvalidRequest(field, rule);
    }
    return value;
  }
}
