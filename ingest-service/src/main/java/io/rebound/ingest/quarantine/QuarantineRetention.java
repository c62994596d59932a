package io.rebound.ingest.quarantine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.rebound.ingest.quarantine.RejectedEventsView.Size;
import io.rebound.privacy.RetentionSweep;
import java.time.Duration;
import java.util.List;
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
  private final RejectedEventsView view;
  private final RetentionSweep sweep;
  private final Duration retention;
  private final MultiGauge byFault;
  private final AtomicLong size = new AtomicLong();

  QuarantineRetention(
      RejectedEvents table,
      RejectedEventsView view,
      QuarantineProperties properties,
      RetentionSweep sweep,
      MeterRegistry metrics) {
    this.table = table;
    this.view = view;
    this.sweep = sweep;
    retention = properties.quarantineRetention();
    Gauge.builder("rebound_ingest_quarantine_events", size, AtomicLong::get)
        .description("Rejected events that are kept, as of the last minute")
        .register(metrics);
    byFault =
        MultiGauge.builder("rebound_ingest_quarantine_fault_events")
            .description("Rejected events that are kept, by door and by the field at fault")
            .register(metrics);
  }

  @Scheduled(fixedDelayString = "PT1M")
  void sweep() {
    sweep.sweep("rejected_events", retention, table::forgetBefore);
    try {
      List<Size> sizes = view.sizes();
      size.set(sizes.stream().mapToLong(Size::events).sum());
      byFault.register(
          sizes.stream()
              .map(one -> Row.of(Tags.of("door", one.door(), "field", one.field()), one.events()))
              .toList(),
          true);
    } catch (DataAccessException e) {
      log.atWarn().log("The quarantine's database is away; the sweep comes again in a minute");
    }
  }
}
