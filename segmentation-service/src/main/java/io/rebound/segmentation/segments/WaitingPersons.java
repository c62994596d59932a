package io.rebound.segmentation.segments;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Shows how many persons wait to be judged. */
@Component
class WaitingPersons implements MeterBinder {
  private final JudgedPersons judged;
  private final Clock clock;

  WaitingPersons(JudgedPersons judged, Clock clock) {
    this.judged = judged;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("rebound.segmentation.persons.to.judge", this, WaitingPersons::count)
        .description("Persons due by the clock or waiting for a changed definition or edge")
        .register(registry);
  }

  private double count() {
    try {
      return judged.waiting(clock.instant());
    } catch (DataAccessException e) {
      return Double.NaN; // the database is away: health says so
    }
  }
}
