package io.rebound.sandbox.limits;

/** The calls of the last hour, minute by minute, and the block that follows too many of them. */
final class RollingHour {
  private static final int MINUTES = 60;

  private final long[] calls = new long[MINUTES];
  private final long[] minutes = new long[MINUTES];
  private long blockedUntil; // a minute since 1970

  /** How much of the quota is used, in whole percents, and in how many minutes it frees. */
  record Use(long percent, long minutesToRegain) {
    boolean isBlocked() {
      return minutesToRegain > 0;
    }
  }

  /** Counts one more call. While it is blocked, each call makes the block a minute longer. */
  synchronized Use count(long minute, long quota) {
    if (minute < blockedUntil) {
      blockedUntil++;
      return new Use(100, blockedUntil - minute);
    }
    long before = sum(minute);
    if (before >= quota) {
      blockedUntil = minute + untilBelow(minute, quota);
      return new Use(100, blockedUntil - minute);
    }
    add(minute);
    return new Use((before + 1) * 100 / quota, 0);
  }

  /** Counts one more call of many that nothing limits. */
  synchronized Use count(long minute, long quota, long mostPercent) {
    add(minute);
    return new Use(Math.min(mostPercent, sum(minute) * 100 / quota), 0);
  }

  private void add(long minute) {
    int slot = (int) (minute % MINUTES);
    if (minutes[slot] != minute) {
      minutes[slot] = minute;
      calls[slot] = 0;
    }
    calls[slot]++;
  }

  private long sum(long minute) {
    long sum = 0;
    for (int slot = 0; slot < MINUTES; slot++) {
      long age = minute - minutes[slot];
      sum += age >= 0 && age < MINUTES ? calls[slot] : 0;
    }
    return sum;
  }

  private long untilBelow(long minute, long quota) {
    long ahead = 1;
    while (ahead < MINUTES && sum(minute + ahead) >= quota) {
      ahead++;
    }
    return ahead;
  }
}
