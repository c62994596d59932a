package io.rebound.sandbox.faults;

import io.rebound.sandbox.SandboxProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a rule as {@code faults.schema.json} describes it. */
final class RuleReader {
  private static final long MOST_TIMES = 1_000_000_000;
  private static final long LONGEST_OUTAGE = Duration.ofDays(3650).toSeconds();
  private static final int LARGEST_CODE = 99_999_999;
  private static final int EXPIRED = 463;

  private final SandboxProperties properties;
  private final Instant now;

  RuleReader(SandboxProperties properties, Instant now) {
    this.properties = properties;
    this.now = now;
  }

  /**
   * Reads the rule at a place of the list.
   *
   * @param seed for its random choices if it has none of its own; {@code null} for any
   * @throws IllegalArgumentException if the rule makes no sense; the text names the field
   */
  FaultRule read(JsonNode rule, int index, @Nullable Long seed) {
    RuleFields fields = RuleFields.of(rule, "rules[" + index + "]");
    FaultRule read;
    if (fields.has("expire_token")) {
      read = expiredToken(fields);
    } else if (fields.has("fail_later")) {
      read = failingLater(fields, seed);
    } else {
      read = failingCalls(fields, seed);
    }
    fields.nothingElse();
    return read;
  }

  private FaultRule expiredToken(RuleFields fields) {
    String token = fields.text("expire_token", "");
    if (token.isBlank()) {
      throw fields.refusal("expire_token", "is an access token");
    }
    int subcode = (int) fields.whole("error_subcode", 1, LARGEST_CODE, EXPIRED);
    return new ExpiredToken(
        token, subcode, new Frequency(100, null, until(fields), RandomGenerator.getDefault()));
  }

  private FaultRule failingLater(RuleFields fields, @Nullable Long seed) {
    int code = (int) fields.whole("fail_later", 1, LARGEST_CODE, 0);
    return new FailingLater(
        new Calls(fields.pattern("path", "/messages$"), ""), code, frequency(fields, seed));
  }

  private FaultRule failingCalls(RuleFields fields, @Nullable Long seed) {
    String method = fields.text("method", "").toUpperCase(Locale.ROOT);
    var calls = new Calls(fields.pattern("path", ".*"), method);
    Frequency frequency = frequency(fields, seed);
    boolean after = fields.flag("after_effect");
    RuleFields effect = fields.has("effect") ? fields.within("effect") : fields;
    var read = new EffectReader(effect, properties);
    Fault fault = read.fault(after || effect.flag("after_effect"));
    if (fields.has("effect")) {
      effect.nothingElse();
    }
    return new FailingCalls(
        calls, frequency, fault, read.latency(), read.throttle(), shown(effect));
  }

  private static ObjectNode shown(RuleFields effect) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    for (String name : EffectReader.FIELDS) {
      if (effect.has(name)) {
        shown.set(name, effect.value(name));
      }
    }
    return shown;
  }

  private Frequency frequency(RuleFields fields, @Nullable Long seed) {
    Long own = fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    Long chosen = own == null ? seed : own;
    return new Frequency(
        (int) fields.whole("percent", 0, 100, 100),
        fields.whole("times", 0, MOST_TIMES),
        until(fields),
        chosen == null ? new Random() : new Random(chosen));
  }

  private @Nullable Instant until(RuleFields fields) {
    Long seconds = fields.whole("for_seconds", 1, LONGEST_OUTAGE);
    return seconds == null ? null : now.plusSeconds(seconds);
  }
}
