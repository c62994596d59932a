package io.rebound.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;

/** The system's time, moved by hand: 48 hours and 62 days are too long to wait for. */
@Component
public final class MovableClock extends Clock {
  private final Clock system = Clock.systemUTC();
  private volatile Duration offset = Duration.ZERO;

  /** From now on the time is the system's plus this. */
  public void offset(Duration value) {
    offset = value;
  }

  public Duration offset() {
    return offset;
  }

  @Override
  public Instant instant() {
    return system.instant().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(system.withZone(zone), offset);
  }
}
