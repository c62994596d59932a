package io.rebound.ingest.spool;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much lies in the spool: measured in the database now and then, and in between changed by what
 * this instance adds and removes. What other instances do is seen at the next measurement.
 */
final class SpoolSize {
  private static final Logger log = LoggerFactory.getLogger(SpoolSize.class);

  private final long limit;
  private final Clock clock;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile @Nullable Instant oldest;
  private volatile boolean full;

  SpoolSize(long limit, Clock clock, MeterRegistry metrics) {
    this.limit = limit;
    this.clock = clock;
    Gauge.builder("rebound_ingest_spool_events", events, size -> Math.max(0, size.get()))
        .description("Events that wait in the spool for Kafka")
        .register(metrics);
    Gauge.builder("rebound_ingest_spool_bytes", bytes, size -> Math.max(0, size.get()))
        .description("Size of the events that wait in the spool")
        .register(metrics);
    Gauge.builder("rebound_ingest_spool_age_seconds", this, size -> size.age().toMillis() / 1000.0)
        .description("For how long the oldest event has waited in the spool")
        .register(metrics);
  }

  /** Whether that much may still be added. Once full, it stays so until a tenth is free. */
  boolean fits(int more) {
    if (full ? bytes.get() > limit - limit / 10 : bytes.get() + more > limit) {
      changeFull(true);
      return false;
    }
    changeFull(false);
    return true;
  }

  boolean isFull() {
    return full;
  }

  private void changeFull(boolean now) {
    if (full == now) {
      return;
    }
    synchronized (this) {
      if (full == now) {
        return; // another request was faster, and it has been said
      }
      full = now;
    }
    if (now) {
      log.atError()
          .addKeyValue("limit", limit)
          .log("The spool is full; while Kafka is away clients are told to send again");
    } else {
      log.atInfo().log("The spool has room again");
    }
  }

  void measured(SpooledEvents.Size size) {
    events.set(size.events());
    bytes.set(size.bytes());
    oldest = size.oldest();
    fits(0);
  }

  void added(List<Waiting> requests) {
    if (oldest == null) {
      oldest = clock.instant();
    }
    requests.forEach(request -> change(request.events(), request.bytes()));
  }

  void removed(List<SpooledRequest> requests) {
    requests.forEach(request -> change(-request.events(), -request.bytes()));
    if (events.get() <= 0) {
      oldest = null;
    }
  }

  private void change(int moreEvents, int moreBytes) {
    events.addAndGet(moreEvents);
    bytes.addAndGet(moreBytes);
  }

  private Duration age() {
    Instant since = oldest;
    Duration age = since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
