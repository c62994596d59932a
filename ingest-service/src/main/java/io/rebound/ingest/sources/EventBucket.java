package io.rebound.ingest.sources;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * What a write key may still send: a bucket of events that fills at the limit's rate up to its
 * burst. A batch that is larger than the burst passes when the bucket is full and leaves it in
 * debt, so that it neither waits for ever nor costs less than its events. Thread-safe, never
 * blocks.
 */
final class EventBucket {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Bucket bucket;
  private final long burst;

  EventBucket(EventLimit limit, TimeMeter time) {
    burst = limit.atOnce();
    bucket =
        Bucket.builder()
            .addLimit(fill -> fill.capacity(burst).refillGreedy(limit.eventsPerSecond(), SECOND))
            .withCustomTimePrecision(time)
            .build();
  }

  /** Zero if the events may pass, which takes them; else after how many whole seconds they may. */
  Duration take(int events) {
    long atOnce = Math.min(events, burst);
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(atOnce);
    if (!probe.isConsumed()) {
      long seconds = Math.ceilDiv(probe.getNanosToWaitForRefill(), SECOND.toNanos());
      return Duration.ofSeconds(Math.max(1, seconds));
    }
    if (events > atOnce) {
      bucket.consumeIgnoringRateLimits(events - atOnce);
    }
    return Duration.ZERO;
  }
}
