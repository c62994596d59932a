package io.rebound.meta;

import java.time.Duration;
import java.time.Instant;

/**
 * One of Meta's limits: how much of it is used, and what that leaves us. From three quarters on the
 * calls go at half the concurrency and further apart, from nine tenths on one by one; the gap
 * doubles for as long as the use doesn't fall, so that Meta needn't say no. Guarded by {@link
 * Pace}.
 */
final class Bucket {
  static final double SLOW = 75;
  static final double ONE_BY_ONE = 90;
  static final double USED_UP = 100;

  private static final Duration SMALL_GAP = Duration.ofMillis(250);
  private static final Duration MIDDLE_GAP = Duration.ofSeconds(1);
  private static final Duration LARGEST_SLOW_GAP = Duration.ofSeconds(10);
  private static final Duration LARGEST_GAP = Duration.ofMinutes(1);
  private static final Duration USUAL_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private double percent;
  private Duration gap = Duration.ZERO;
  private Instant lastStart = Instant.EPOCH;
  private Instant pausedUntil = Instant.EPOCH;
  private int underWay;
  private int throttlesWithoutTime;

  /** When the next call may begin; in the past if it may now. */
  Instant opensAt() {
    Instant spaced = lastStart.plus(gap);
    return spaced.isAfter(pausedUntil) ? spaced : pausedUntil;
  }

  boolean hasRoom(int concurrentCalls) {
    if (percent >= ONE_BY_ONE) {
      return underWay < 1;
    }
    return percent < SLOW || underWay < Math.max(1, concurrentCalls / 2);
  }

  void begin(Instant now) {
    lastStart = now;
    underWay++;
  }

  void end() {
    underWay--;
  }

  double percent() {
    return percent;
  }

  /** What the usage headers say. */
  void note(Usage.Limit limit, Instant now) {
    boolean fell = limit.percent() < percent;
    percent = limit.percent();
    if (!limit.pause().isZero()) {
      pause(now.plus(limit.pause()));
    } else if (percent >= USED_UP) {
      pause(now.plus(USUAL_PAUSE));
    }
    if (percent < SLOW) {
      gap = Duration.ZERO;
    } else if (percent < ONE_BY_ONE) {
      gap = least(fell && !gap.isZero() ? gap : doubled(SMALL_GAP), LARGEST_SLOW_GAP);
    } else {
      gap = least(fell && !gap.isZero() ? gap : doubled(MIDDLE_GAP), LARGEST_GAP);
    }
  }

  /** A call went through. */
  void passed() {
    throttlesWithoutTime = 0;
  }

  /** Meta said no; where it doesn't say for how long, longer each time. */
  Instant throttled(Duration told, Instant now) {
    Duration pause = told;
    if (told.isZero()) {
      int doublings = Math.min(throttlesWithoutTime++, 10);
      pause = least(USUAL_PAUSE.multipliedBy(1L << doublings), LONGEST_PAUSE);
    }
    pause(now.plus(pause));
    return pausedUntil;
  }

  private void pause(Instant until) {
    if (until.isAfter(pausedUntil)) {
      pausedUntil = until;
    }
  }

  private Duration doubled(Duration least) {
    Duration twice = gap.multipliedBy(2);
    return twice.compareTo(least) > 0 ? twice : least;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
