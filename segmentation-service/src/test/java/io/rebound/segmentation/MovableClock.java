package io.rebound.segmentation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets forward. */
public final class MovableClock extends Clock {
  private volatile Clock clock;

  private MovableClock(Clock clock) {
    this.clock = clock;
  }

  /** Stands still but when moved. */
  static MovableClock standing(Instant at) {
    return new MovableClock(Clock.fixed(at, ZoneOffset.UTC));
  }

  /** Goes on like any other clock. */
  static MovableClock running() {
    return new MovableClock(Clock.systemUTC());
  }

  public void advance(Duration by) {
    clock = Clock.offset(clock, by);
  }

  void set(Instant to) {
    clock = Clock.fixed(to, ZoneOffset.UTC);
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
