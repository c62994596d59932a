package io.rebound.meta;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps repeats a stated share of calls, so that Meta's trouble isn't made worse by ours: each call
 * that Meta answers allows a share of a repeat, each failed one will be repeated by whoever keeps
 * the work. Beyond that, and a small reserve, one at a time goes now and then, so nothing is stuck.
 */
final class RetryBudget {
  private static final double RESERVE = 10;

  private final double share;
  private final Duration trickle;
  private final Clock clock;
  private double saved = RESERVE;
  private long owed;
  private Instant nextTrickle = Instant.EPOCH;

  RetryBudget(double share, Duration trickle, Clock clock) {
    this.share = share;
    this.trickle = trickle;
    this.clock = clock;
  }

  /** Whether a call may begin: while failed ones are owed their repeat, it counts as one. */
  synchronized boolean begin() {
    if (!ready()) {
      return false;
    }
    if (owed > 0) {
      owed--;
      if (saved >= 1) {
        saved--;
      } else {
        nextTrickle = clock.instant().plus(trickle);
      }
    }
    return true;
  }

  synchronized boolean ready() {
    return owed == 0 || saved >= 1 || !clock.instant().isBefore(nextTrickle);
  }

  /** Whether a call may be repeated within itself. */
  synchronized boolean repeat() {
    if (saved < 1) {
      return false;
    }
    saved--;
    return true;
  }

  synchronized void answered() {
    saved = Math.min(RESERVE, saved + share);
  }

  synchronized void failed() {
    owed++;
  }
}
