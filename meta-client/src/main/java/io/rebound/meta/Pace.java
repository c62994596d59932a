package io.rebound.meta;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which accounts may not call now: calling a throttled account extends Meta's block. */
final class Pace {
  private static final String APP = "";

  private final Map<String, Instant> pausedUntil = new ConcurrentHashMap<>();
  private final Clock clock;

  Pace(Clock clock) {
    this.clock = clock;
  }

  /** Until when the account, or the whole app, has to pause; empty if it may call. */
  Optional<Instant> pausedUntil(String account) {
    Instant now = clock.instant();
    Instant until = later(remaining(account, now), remaining(APP, now));
    return until.isAfter(now) ? Optional.of(until) : Optional.empty();
  }

  void note(String account, Usage usage) {
    pause(account, usage.account());
    pause(APP, usage.app());
  }

  /** What Meta's throttle means: for this account, or for the whole app (codes 4 and 341). */
  Instant throttled(String account, Usage usage, GraphError error) {
    Duration told = usage.account().isZero() ? Usage.USUAL_PAUSE : usage.account();
    if (error.code() == 17 && error.subcode() == 1885172) {
      told = Duration.ofDays(1); // the spend limit may change ten times a day
    }
    boolean wholeApp = error.code() == 4 || error.code() == 341;
    pause(wholeApp ? APP : account, told);
    return clock.instant().plus(told);
  }

  private void pause(String account, Duration pause) {
    if (!pause.isZero()) {
      pausedUntil.merge(account, clock.instant().plus(pause), Pace::later);
    }
  }

  private Instant remaining(String account, Instant now) {
    Instant until = pausedUntil.get(account);
    return until == null ? now : until;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
