package io.rebound.ingest.replays;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.ingest.quarantine.KeptEvent;
import io.rebound.ingest.quarantine.RejectedAgain;
import io.rebound.ingest.quarantine.RejectedEvent;
import io.rebound.ingest.quarantine.RejectedEvents;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what events came to that were tried again, all of it or nothing. */
@Component
class Settlement {
  private final RejectedEvents events;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final MeterRegistry metrics;

  Settlement(
      RejectedEvents events,
      PlatformTransactionManager transactions,
      Clock clock,
      MeterRegistry metrics) {
    this.events = events;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Accepted events leave the quarantine, the others stay with the reason they have now.
   *
   * @param accepted by Kafka, on disk
   * @param progress written down in the same transaction; false: nothing is settled
   */
  boolean settle(
      List<Verdict.Accepted> accepted, List<Verdict.Rejected> rejected, BooleanSupplier progress) {
    boolean settled =
        Boolean.TRUE.equals(
            transaction.execute(status -> {
              if (!progress.getAsBoolean()) {
                status.setRollbackOnly();
                return false;
              }
              write(accepted, rejected);
              return true;
            }));
    if (settled) {
      accepted.forEach(one -> count(one.kept(), "accepted"));
      rejected.forEach(one -> count(one.kept(), "still_rejected"));
    }
    return settled;
  }

  private void write(List<Verdict.Accepted> accepted, List<Verdict.Rejected> rejected) {
    var rest = new ArrayList<RejectedEvent>();
    accepted.forEach(one -> rest.addAll(one.rest()));
    if (!rest.isEmpty()) {
      events.add(rest);
    }
    if (!accepted.isEmpty()) {
      events.remove(accepted.stream().map(one -> one.kept().id()).toList());
    }
    if (!rejected.isEmpty()) {
      var reasons = new LinkedHashMap<Long, RejectedAgain>();
      rejected.forEach(one -> reasons.put(one.kept().id(), one.why()));
      events.stay(reasons, clock.instant());
    }
  }

  private void count(KeptEvent kept, String outcome) {
    Counter.builder("rebound_ingest_replayed_events_total")
        .description("Rejected events that were tried again, by door and by what became of them")
        .tag("door", kept.event().door())
        .tag("outcome", outcome)
        .register(metrics)
        .increment();
  }
}
