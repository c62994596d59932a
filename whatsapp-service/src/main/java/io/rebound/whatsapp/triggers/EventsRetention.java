package io.rebound.whatsapp.triggers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets events that no trigger can ask for any more. */
@Component
class EventsRetention {
  private static final Logger log = LoggerFactory.getLogger(EventsRetention.class);
  private static final Duration KEPT = Duration.ofDays(10);
  private static final int AT_ONCE = 5_000;

  private final RecentEvents recent;
  private final Clock clock;

  EventsRetention(RecentEvents recent, Clock clock) {
    this.recent = recent;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  void sweep() {
    Instant moment = clock.instant().minus(KEPT);
    try {
      while (recent.forgetBefore(moment, AT_ONCE) == AT_ONCE) {
        log.debug("Some old events are forgotten");
      }
    } catch (DataAccessException e) {
      log.atWarn().log("The database is away; the sweep of old events comes again in an hour");
    }
  }
}
