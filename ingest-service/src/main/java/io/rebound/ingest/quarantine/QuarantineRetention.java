package io.rebound.ingest.quarantine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Ends what has been kept long enough, and counts the rest. */
@Component
class QuarantineRetention {
  private static final Logger log = LoggerFactory.getLogger(QuarantineRetention.class);

  private final RejectedEvents table;
  private final Clock clock;
  private final Duration retention;
  private final AtomicLong size = new AtomicLong();

  QuarantineRetention(
      RejectedEvents table, QuarantineProperties properties, Clock clock, MeterRegistry metrics) {
    this.table = table;
    this.clock = clock;
    retention = properties.quarantineRetention();
    Gauge.builder("rebound_ingest_quarantine_events", size, AtomicLong::get)
        .description("Rejected events that are kept, as of the last minute")
        .register(metrics);
  }

  @Scheduled(fixedDelayString = "PT1M")
  void sweep() {
    try {
      int forgotten = table.forgetBefore(clock.instant().minus(retention));
      if (forgotten > 0) {
        log.atInfo()
            .addKeyValue("events", forgotten)
            .log("Rejected events reached their retention");
      }
      size.set(table.size());
    } catch (DataAccessException e) {
      log.atWarn().log("The quarantine's database is away; the sweep comes again in a minute");
    }
  }
}
