package io.rebound.whatsapp.messages;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets messages when nothing can bring their events again. */
@Component
class MessagesRetention {
  private static final Logger log = LoggerFactory.getLogger(MessagesRetention.class);
  private static final Duration KEPT = Duration.ofDays(90);

  private final Messages messages;
  private final Clock clock;

  MessagesRetention(Messages messages, Clock clock) {
    this.messages = messages;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  void sweep() {
    try {
      messages.forgetBefore(clock.instant().minus(KEPT));
    } catch (DataAccessException e) {
      log.atWarn().log("The database is away; the sweep of old messages comes again in an hour");
    }
  }
}
