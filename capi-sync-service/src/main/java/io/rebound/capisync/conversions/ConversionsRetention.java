package io.rebound.capisync.conversions;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets deliveries when Kafka can't bring their events again. */
@Component
class ConversionsRetention {
  private static final Logger log = LoggerFactory.getLogger(ConversionsRetention.class);
  private static final int AT_ONCE = 5_000;

  private final ConversionQueue queue;
  private final ConversionsProperties properties;
  private final Clock clock;

  ConversionsRetention(ConversionQueue queue, ConversionsProperties properties, Clock clock) {
    this.queue = queue;
    this.properties = properties;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  void sweep() {
    Instant moment = clock.instant().minus(properties.retention());
    try {
      while (queue.forgetBefore(moment, AT_ONCE) == AT_ONCE) {
        log.debug("Some old deliveries are forgotten");
      }
      queue.forgetBatchesBefore(moment);
    } catch (DataAccessException e) {
      log.atWarn().log("The database is away; the sweep of old deliveries comes again in an hour");
    }
  }
}
