package io.rebound.segmentation.rules;

import io.rebound.segmentation.rfm.Scores;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rules may ask of a person.
 *
 * @param events by name, the newest first
 * @param scores null for those who never bought
 */
public record Facts(Map<String, List<Happening>> events, @Nullable Scores scores) {

  /** Something the person did. */
  public record Happening(Instant at, @Nullable BigDecimal value, Map<String, Object> properties) {}

  List<Happening> named(String event) {
    return events.getOrDefault(event, List.of());
  }
}
