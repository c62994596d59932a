package io.rebound.segmentation.privacy;

import io.rebound.privacy.ErasedPersons;
import io.rebound.privacy.RetentionSweep;
import io.rebound.privacy.RetentionSweep.Step;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Forgets what persons did long ago, and those of whom nothing is left. */
@Component
class RetentionSweeps {
  private final EventErasure events;
  private final ErasedPersons erased;
  private final RetentionSweep retention;
  private final TransactionOperations transactions;
  private final PrivacyProperties properties;

  RetentionSweeps(
      EventErasure events,
      ErasedPersons erased,
      RetentionSweep retention,
      TransactionOperations transactions,
      PrivacyProperties properties) {
    this.events = events;
    this.erased = erased;
    this.retention = retention;
    this.transactions = transactions;
    this.properties = properties;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  void sweep() {
    retention.sweep(
        "behaviour_events", properties.eventRetention(), inTransaction(events::forgetBefore));
    retention.sweep("persons", properties.personRetention(), inTransaction(events::forgetUnseen));
  }

  private Step inTransaction(Step step) {
    return (before, most) -> {
      Integer gone =
          transactions.execute(_ -> {
            erased.besideErasures(); // or a person erased meanwhile would be held again
            return step.delete(before, most);
          });
      return gone == null ? 0 : gone;
    };
  }
}
