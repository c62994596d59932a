package io.rebound.privacy;

import java.time.Instant;
import java.util.Map;

/**
 * What an erasure came to in one service.
 *
 * @param counts rows removed, by kind
 * @param agesOut what can't be removed at once, by kind, and when it will be gone
 */
public record Erased(Map<String, Long> counts, Map<String, Instant> agesOut) {
  public Erased {
    counts = Map.copyOf(counts);
    agesOut = Map.copyOf(agesOut);
  }
}
