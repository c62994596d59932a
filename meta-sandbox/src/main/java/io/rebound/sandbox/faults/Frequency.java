package io.rebound.sandbox.faults;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How often a rule strikes of the times it could, and until when. */
final class Frequency {
  private final int percent;
  private final @Nullable Instant until;
  private final RandomGenerator random;
  private @Nullable Long left;
  private long hits;

  Frequency(int percent, @Nullable Long times, @Nullable Instant until, RandomGenerator random) {
    this.percent = percent;
    this.left = times;
    this.until = until;
    this.random = random;
  }

  /** Decides for one call; a rule with {@code times} is used up by those it strikes. */
  synchronized boolean strikes(Instant now) {
    if (until != null && !now.isBefore(until)) {
      return false;
    }
    if (left != null && left <= 0) {
      return false;
    }
    if (percent < 100 && random.nextInt(100) >= percent) {
      return false;
    }
    if (left != null) {
      left--;
    }
    hits++;
    return true;
  }

  /** A whole number between these, both possible. */
  synchronized long between(long least, long most) {
    return least == most ? least : random.nextLong(least, most + 1);
  }

  synchronized void showIn(ObjectNode shown) {
    shown.put("percent", percent);
    if (left != null) {
      shown.put("times_left", left);
    }
    if (until != null) {
      shown.put("until", until.toString());
    }
    shown.put("hits", hits);
  }
}
