package io.rebound.sandbox.faults;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The rules in force. The first one that hits a call decides; they don't survive a restart. */
@Component
public final class Faults {
  private volatile List<FaultRule> rules = List.of();

  /**
   * Replaces all rules.
   *
   * @param given an array of rules, or an object with {@code rules}
   * @throws IllegalArgumentException if one makes no sense; then the old ones stay
   */
  public void replace(JsonNode given) {
    JsonNode list = given.isArray() ? given : given.path("rules");
    if (!list.isArray()) {
      throw new IllegalArgumentException("rules is an array");
    }
    rules = list.valueStream().map(FaultRule::of).toList();
  }

  public void clear() {
    rules = List.of();
  }

  /** What goes wrong with this call, if anything does. */
  public Optional<Fault> next(String method, String path) {
    for (FaultRule rule : rules) {
      @Nullable Fault fault = rule.hit(method, path);
      if (fault != null) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** The rules with how often each was hit. */
  public ArrayNode shown() {
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    rules.forEach(rule -> shown.add(rule.shown()));
    return shown;
  }
}
