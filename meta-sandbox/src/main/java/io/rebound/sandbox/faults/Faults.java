package io.rebound.sandbox.faults;

import io.rebound.sandbox.SandboxProperties;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The rules in force. The first one that hits a call decides; they don't survive a restart. */
@Component
public final class Faults {
  private final SandboxProperties properties;
  private final Clock clock;
  private volatile List<FaultRule> rules = List.of();

  Faults(SandboxProperties properties, Clock clock) {
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * Replaces all rules.
   *
   * @param given an array of rules, or an object with {@code rules} and perhaps a {@code seed}
   * @throws IllegalArgumentException if one makes no sense; then the old ones stay
   */
  public void replace(JsonNode given) {
    JsonNode list = given;
    Long seed = null;
    if (!given.isArray()) {
      RuleFields whole = RuleFields.of(given, "faults");
      list = whole.value("rules");
      seed = whole.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
      whole.nothingElse();
      if (!list.isArray()) {
        throw whole.refusal("rules", "is an array");
      }
    }
    var reader = new RuleReader(properties, clock.instant());
    List<FaultRule> read = new ArrayList<>(list.size());
    for (JsonNode rule : list) {
      int index = read.size();
      // each rule draws on its own, or one rule's calls would decide about another's
      read.add(reader.read(rule, index, seed == null ? null : seed + index));
    }
    rules = List.copyOf(read);
  }

  public void clear() {
    rules = List.of();
  }

  /** What goes wrong with this call, if anything does. */
  public Optional<Fault> next(String method, String path) {
    for (FaultRule rule : rules) {
      @Nullable Fault fault =
          rule instanceof FailingCalls calls ? calls.hit(method, path, clock.instant()) : null;
      if (fault != null) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** The subcode of the error that this token has expired by a rule; empty if it hasn't. */
  public OptionalInt expiry(String token) {
    Instant now = clock.instant();
    for (FaultRule rule : rules) {
      if (rule instanceof ExpiredToken expired && expired.hits(token, now)) {
        return OptionalInt.of(expired.subcode());
      }
    }
    return OptionalInt.empty();
  }

  /** The code that a message accepted at this path fails with later; 0 if it doesn't. */
  public int laterFailure(String path) {
    Instant now = clock.instant();
    for (FaultRule rule : rules) {
      if (rule instanceof FailingLater later && later.hits(path, now)) {
        return later.code();
      }
    }
    return 0;
  }

  /** The rules with how often each was hit. */
  public ArrayNode shown() {
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    rules.forEach(rule -> shown.add(rule.shown()));
    return shown;
  }
}
