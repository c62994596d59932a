package io.rebound.sandbox.faults;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.faults.FailingCalls.Latency;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a rule does to the calls it strikes. */
final class EffectReader {
  /** Everything a rule can do. */
  static final List<String> FIELDS =
      List.of(
          "status",
          "error",
          "body",
          "html",
          "headers",
          "latency_ms",
          "hang_ms",
          "hang",
          "reset",
          "after_effect",
          "truncate_body",
          "throttle",
          "events_received_short");

  private static final long LONGEST = Duration.ofMinutes(10).toMillis();
  private static final long DEFAULT_MINUTES = 5;
  private static final int MOST_BYTES = 1 << 20;
  private static final int FEW_BYTES = 20;
  private static final String HTML =
      "<!DOCTYPE html><html><head><title>Error</title></head>"
          + "<body><h1>Sorry, something went wrong.</h1></body></html>";

  private final RuleFields fields;
  private final SandboxProperties properties;
  private final Latency latency;
  private final @Nullable Throttle throttle;

  EffectReader(RuleFields fields, SandboxProperties properties) {
    this.fields = fields;
    this.properties = properties;
    this.latency = readLatency();
    this.throttle = readThrottle();
  }

  Latency latency() {
    return latency;
  }

  @Nullable Throttle throttle() {
    return throttle;
  }

  Fault fault(boolean afterEffect) {
    boolean never = fields.value("hang").isBoolean() && fields.flag("hang");
    long late = fields.value("hang").isBoolean() ? 0 : fields.whole("hang", 0, LONGEST, 0);
    long hang = fields.whole("hang_ms", 0, LONGEST, late);
    Substitute substitute = substitute();
    boolean reset = fields.flag("reset") || never;
    int bytes = bodyBytes();
    int missing = (int) fields.whole("events_received_short", 1, 1000, 0);
    boolean answers = substitute != null || throttle != null || reset;
    boolean spoils = hang > 0 || latency.most() > 0 || bytes != Fault.WHOLE || missing > 0;
    if (!answers && !spoils) {
      throw fields.refusal("does nothing: it needs one of " + String.join(", ", FIELDS));
    }
    return new Fault(
        Duration.ZERO,
        Duration.ofMillis(never ? LONGEST : hang),
        substitute,
        reset,
        afterEffect,
        bytes,
        missing);
  }

  private Latency readLatency() {
    if (!fields.value("latency_ms").isObject()) {
      long exactly = fields.whole("latency_ms", 0, LONGEST, 0);
      return new Latency(exactly, exactly);
    }
    RuleFields range = fields.within("latency_ms");
    long least = range.whole("min", 0, LONGEST, 0);
    Long most = range.whole("max", least, LONGEST);
    if (most == null) {
      throw range.refusal("max", "is needed");
    }
    range.nothingElse();
    return new Latency(least, most);
  }

  private @Nullable Throttle readThrottle() {
    JsonNode given = fields.value("throttle");
    if (given.isMissingNode()) {
      return null;
    }
    if (given.isBoolean()) {
      return fields.flag("throttle")
          ? new Throttle(properties, null, null, (int) DEFAULT_MINUTES)
          : null;
    }
    RuleFields limit = fields.within("throttle");
    Long code = limit.whole("code", 1, Integer.MAX_VALUE);
    Long subcode = limit.whole("error_subcode", 1, Integer.MAX_VALUE);
    long minutes = limit.whole("minutes", 0, 10_000, DEFAULT_MINUTES);
    limit.nothingElse();
    return new Throttle(
        properties,
        code == null ? null : code.intValue(),
        subcode == null ? null : subcode.intValue(),
        (int) minutes);
  }

  private @Nullable Substitute substitute() {
    Long status = fields.whole("status", 200, 599);
    Map<String, String> headers = headers();
    String page = page();
    if (page != null) {
      return new Substitute(status == null ? 502 : status.intValue(), null, page, headers);
    }
    ObjectNode error = error();
    ObjectNode body = fields.object("body");
    if (error == null && body == null && status == null) {
      if (!headers.isEmpty()) {
        throw fields.refusal("headers", "needs a status, an error, a body or html");
      }
      return null;
    }
    ObjectNode json =
        error == null && body != null
            ? body
            : ErrorBodies.envelope(error == null ? JsonNodeFactory.instance.objectNode() : error);
    int usual = error == null ? 500 : ErrorBodies.status(error.path("code").asInt(1));
    return new Substitute(status == null ? usual : status.intValue(), json, null, headers);
  }

  private @Nullable ObjectNode error() {
    ObjectNode error = fields.object("error");
    if (error != null) {
      RuleFields within = fields.within("error");
      within.whole("code", Integer.MIN_VALUE, Integer.MAX_VALUE);
      within.whole("error_subcode", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return error;
  }

  private @Nullable String page() {
    JsonNode html = fields.value("html");
    if (html.isString()) {
      return html.asString();
    }
    return fields.has("html") && fields.flag("html") ? HTML : null;
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (fields.has("headers")) {
      RuleFields given = fields.within("headers");
      fields
          .value("headers")
          .propertyNames()
          .forEach(name -> headers.put(name, given.text(name, "")));
    }
    return headers;
  }

  private int bodyBytes() {
    if (fields.value("truncate_body").isBoolean()) {
      return fields.flag("truncate_body") ? FEW_BYTES : Fault.WHOLE;
    }
    return (int) fields.whole("truncate_body", 0, MOST_BYTES, Fault.WHOLE);
  }
}
