package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.GraphError;
import java.time.Clock;
import java.util.ArrayDeque;

/**
 * Batches a minute for the catalogue. Meta's formula is 8 + 8 · log2(impressions and page visits of
 * 28 days), and here nobody looks. Doesn't survive a restart. Source: Graph API, rate limiting,
 * business use cases, Catalog Batch.
 */
final class BatchLimit {
  private static final long MINUTE = 60_000;

  private final Clock clock;
  private final int most;
  private final ArrayDeque<Long> latest = new ArrayDeque<>();

  BatchLimit(Clock clock, int most) {
    this.clock = clock;
    this.most = most;
  }

  /** Counts one more batch, or refuses it. */
  void check() {
    if (most == Integer.MAX_VALUE) {
      return;
    }
    long now = clock.millis();
    // a clock moved back leaves calls in the future, which must not count for ever
    latest.removeIf(at -> now - at >= MINUTE || at > now);
    if (latest.size() >= most) {
      throw GraphError.of(
          400,
          80_014,
          "(#80014) There have been too many calls to this catalog's batch endpoint. Wait a minute"
              + " and try again.");
    }
    latest.add(now);
  }

  void clear() {
    latest.clear();
  }
}
