package io.rebound.sandbox.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One rule of {@code PUT /_sandbox/faults}: which calls fail, how often, and how. */
final class FaultRule {
  private static final Duration LONGEST_HANG = Duration.ofMinutes(10);
  private static final String HTML =
      "<!DOCTYPE html><html><head><title>Error</title></head>"
          + "<body><h1>Sorry, something went wrong.</h1></body></html>";

  private final Pattern path;
  private final String method;
  private final int percent;
  private final @Nullable AtomicLong left;
  private final AtomicLong hits = new AtomicLong();
  private final Fault fault;

  private FaultRule(Pattern path, String method, int percent, @Nullable Long times, Fault fault) {
    this.path = path;
    this.method = method;
    this.percent = percent;
    this.left = times == null ? null : new AtomicLong(times);
    this.fault = fault;
  }

  /**
   * Reads a rule; what it does to a call may stand in {@code effect} or beside the rest.
   *
   * @throws IllegalArgumentException if the rule makes no sense, with the reason
   */
  static FaultRule of(JsonNode rule) {
    if (!rule.isObject()) {
      throw new IllegalArgumentException("a rule is an object");
    }
    JsonNode effect = rule.path("effect").isObject() ? rule.path("effect") : rule;
    int percent = rule.path("percent").asInt(100);
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("percent is 0 to 100");
    }
    Long times = rule.path("times").isNumber() ? rule.path("times").asLong() : null;
    return new FaultRule(
        pattern(rule.path("path").asString(".*")),
        rule.path("method").asString(""),
        percent,
        times,
        fault(rule, effect));
  }

  private static Fault fault(JsonNode rule, JsonNode effect) {
    boolean reset = effect.path("reset").asBoolean(false);
    Duration hang = Duration.ofMillis(effect.path("hang_ms").asLong(effect.path("hang").asLong(0)));
    if (hang.isNegative() || hang.compareTo(LONGEST_HANG) > 0) {
      throw new IllegalArgumentException("hang_ms is at most ten minutes");
    }
    JsonNode error = effect.path("error");
    JsonNode html = effect.path("html");
    String content = null;
    ObjectNode json = null;
    if (html.isString() || html.asBoolean(false)) {
      content = html.isString() ? html.asString() : HTML;
    } else if (error.isObject()) {
      json = envelope((ObjectNode) error);
    } else if (effect.path("body").isObject()) {
      json = ((ObjectNode) effect.path("body")).deepCopy();
    }
    int status = effect.path("status").asInt(content == null && json == null ? 0 : 500);
    if (status > 0 && content == null && json == null) {
      json = envelope(JsonNodeFactory.instance.objectNode());
    }
    Map<String, String> headers = new LinkedHashMap<>();
    effect
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString("")));
    if (status == 0 && !reset && hang.isZero()) {
      throw new IllegalArgumentException(
          "a rule needs status, error, body, html, hang_ms or reset");
    }
    boolean after =
        rule.path("after_effect").asBoolean(effect.path("after_effect").asBoolean(false));
    return new Fault(status, json, content, headers, hang, reset, after);
  }

  private static ObjectNode envelope(ObjectNode error) {
    ObjectNode filled = JsonNodeFactory.instance.objectNode();
    filled.put("message", "An unknown error occurred").put("type", "OAuthException");
    filled.put("code", 1).setAll(error);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("error", filled);
    return body;
  }

  private static Pattern pattern(String path) {
    try {
      return Pattern.compile(path);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("path is no regular expression: " + e.getDescription(), e);
    }
  }

  /** The fault for this call, or nothing; a rule with {@code times} is used up by it. */
  @Nullable Fault hit(String calledMethod, String calledPath) {
    if (!method.isEmpty() && !method.equalsIgnoreCase(calledMethod)) {
      return null;
    }
    if (!path.matcher(calledPath).find()
        || (percent < 100 && ThreadLocalRandom.current().nextInt(100) >= percent)) {
      return null;
    }
    if (left != null && left.getAndUpdate(count -> Math.max(0, count - 1)) <= 0) {
      return null;
    }
    hits.incrementAndGet();
    return fault;
  }

  ObjectNode shown() {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("path", path.pattern());
    if (!method.isEmpty()) {
      shown.put("method", method);
    }
    shown.put("percent", percent);
    if (left != null) {
      shown.put("times_left", left.get());
    }
    shown.put("hits", hits.get());
    shown.set("effect", fault.shown());
    return shown;
  }
}
