package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.springframework.stereotype.Component;

/** Counts the calls of the last hour, minute by minute, for the usage headers. */
@Component
final class CallCount {
  private static final int MINUTES = 60;

  private final AtomicLongArray calls = new AtomicLongArray(MINUTES);
  private final AtomicReferenceArray<Long> minutes = new AtomicReferenceArray<>(MINUTES);
  private final int perHour;
  private final Clock clock;

  CallCount(SandboxProperties properties, Clock clock) {
    this.perHour = Math.max(1, properties.callsPerHour());
    this.clock = clock;
  }

  /** Counts one more call and tells the whole percents used. */
  long countAndPercent() {
    long minute = clock.instant().getEpochSecond() / 60;
    int slot = (int) (minute % MINUTES);
    Long seen = minutes.get(slot);
    if ((seen == null || seen != minute) && minutes.compareAndSet(slot, seen, minute)) {
      calls.set(slot, 0);
    }
    calls.incrementAndGet(slot);
    long sum = 0;
    for (int i = 0; i < MINUTES; i++) {
      Long when = minutes.get(i);
      sum += when != null && minute - when < MINUTES ? calls.get(i) : 0;
    }
    return Math.min(100, sum * 100 / perHour);
  }
}
