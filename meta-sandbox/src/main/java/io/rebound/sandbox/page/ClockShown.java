package io.rebound.sandbox.page;

import io.rebound.sandbox.MovableClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** The sandbox's time. The browser lets it tick, so that it needs no update every second. */
@Component
class ClockShown implements Section {
  private final MovableClock clock;

  ClockShown(MovableClock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public Html html() {
    Duration offset = clock.offset();
    return Html.of(
        "<span id=\"time\" data-offset=\"{}\">{}</span> <span class=\"pill {}\">{}</span>",
        offset.toMillis(),
        Words.day(clock.instant().truncatedTo(ChronoUnit.MINUTES)),
        offset.isZero() ? "" : "waiting",
        offset.isZero() ? "real time" : "moved by " + told(offset));
  }

  private static String told(Duration offset) {
    Duration by = offset.abs();
    return (offset.isNegative() ? "−" : "+")
        + (by.toDays() > 0 ? by.toDays() + " d " : "")
        + "%d h %02d min".formatted(by.toHoursPart(), by.toMinutesPart());
  }
}
