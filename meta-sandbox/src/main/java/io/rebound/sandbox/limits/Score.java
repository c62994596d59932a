package io.rebound.sandbox.limits;

import java.time.Duration;

/**
 * What an ad account's calls have added up to: a read is one point, a write three, and within 300
 * seconds all of it decays (Marketing API, rate limiting).
 */
final class Score {
  private static final double DECAY_SECONDS = 300;
  private static final int READ = 1;
  private static final int WRITE = 3;

  private double points;
  private long at; // milliseconds
  private long blockedUntil;

  /** How much of the score is used, and in how many seconds it is back at zero. */
  record Use(double percent, long secondsToZero, boolean isBlocked) {}

  /** Counts one more call. While it is blocked, each call starts the block anew. */
  synchronized Use count(long now, boolean write, int most, Duration block) {
    double decayed = Math.max(0, now - at) / 1000.0 * most / DECAY_SECONDS;
    points = Math.max(0, points - decayed);
    at = now;
    int more = write ? WRITE : READ;
    if (now < blockedUntil || points + more > most) {
      blockedUntil = now + block.toMillis();
      return new Use(100, block.toSeconds(), true);
    }
    points += more;
    return new Use(points * 100 / most, (long) Math.ceil(points * DECAY_SECONDS / most), false);
  }
}
