package io.rebound.capisync.disclosures;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets whose data requests to audiences held, once their retention is over. */
@Component
class DisclosuresRetention {
  private static final Logger log = LoggerFactory.getLogger(DisclosuresRetention.class);
  private static final int AT_ONCE = 5_000;

  private final Disclosures disclosures;
  private final DisclosuresProperties properties;
  private final Clock clock;

  DisclosuresRetention(Disclosures disclosures, DisclosuresProperties properties, Clock clock) {
    this.disclosures = disclosures;
    this.properties = properties;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT7M", fixedDelayString = "P1D")
  void sweep() {
    Instant moment = clock.instant().minus(properties.retention());
    try {
      while (disclosures.forgetBefore(moment, AT_ONCE) == AT_ONCE) {
        log.debug("Some old disclosures are forgotten");
      }
      disclosures.forgetRequestsBefore(moment);
    } catch (DataAccessException e) {
      log.atWarn().log("The database is away; the sweep of old disclosures comes again tomorrow");
    }
  }
}
