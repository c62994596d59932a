package io.rebound.meta;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long work waits before its next try: twice as long each time, up to {@code max}, and drawn
 * evenly from the upper half so that what failed together doesn't come back together.
 */
public record Backoff(Duration first, Duration max) {

  /**
   * @param attempts how often it was tried, at least 1
   */
  public Duration pause(int attempts) {
    int doublings = Math.clamp(attempts - 1L, 0, 30);
    long ceiling = Math.min(max.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
  }
}
