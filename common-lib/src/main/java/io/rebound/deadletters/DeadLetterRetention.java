package io.rebound.deadletters;

import io.rebound.consumption.DeadLetters;
import io.rebound.privacy.RetentionSweep;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets records that nobody will retry any more. */
@Component
class DeadLetterRetention {
  private final DeadLetters deadLetters;
  private final RetentionSweep retention;
  private final DeadLettersProperties properties;

  DeadLetterRetention(
      DeadLetters deadLetters, RetentionSweep retention, DeadLettersProperties properties) {
    this.deadLetters = deadLetters;
    this.retention = retention;
    this.properties = properties;
  }

  @Scheduled(initialDelayString = "PT6M", fixedDelayString = "PT1H")
  void sweep() {
    retention.sweep("dead_letters", properties.retention(), deadLetters::forgetBefore);
  }
}
