package io.rebound.capisync.conversions;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How deliveries go. */
@Component
class DeliveryMeters {
  private static final Logger log = LoggerFactory.getLogger(DeliveryMeters.class);

  private final MeterRegistry registry;
  private final ConversionQueue queue;
  private final Timer freshness;
  private final AtomicLong queued = new AtomicLong();

  DeliveryMeters(MeterRegistry registry, ConversionQueue queue) {
    this.registry = registry;
    this.queue = queue;
    freshness =
        Timer.builder("rebound_capi_sync_freshness_seconds")
            .description("From an event's arrival at the door to Meta's answer")
            .serviceLevelObjectives(
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofHours(1))
            .register(registry);
    Gauge.builder("rebound_capi_sync_conversions_queued", queued, AtomicLong::get)
        .description("Events that wait to be sent to the Conversions API, as of the last second")
        .register(registry);
  }

  void delivered(Instant receivedAt, Instant now) {
    freshness.record(Duration.between(receivedAt, now));
    settled(ConversionState.DELIVERED, 1);
  }

  void settled(ConversionState state, int events) {
    Counter.builder("rebound_capi_sync_conversions_total")
        .description("Events settled by the sender, by what became of them")
        .tag("state", state.wireName())
        .register(registry)
        .increment(events);
  }

  void postponed(String outcome, int events) {
    Counter.builder("rebound_capi_sync_conversions_postponed_total")
        .description("Events given back to the queue, by Meta's outcome")
        .tag("outcome", outcome)
        .register(registry)
        .increment(events);
  }

  @Scheduled(fixedDelayString = "PT1S")
  void count() {
    try {
      queued.set(queue.queued());
    } catch (DataAccessException e) {
      log.debug("The queue can't be counted", e);
    }
  }
}
