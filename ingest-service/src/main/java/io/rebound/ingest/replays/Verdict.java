package io.rebound.ingest.replays;

import io.rebound.ingest.quarantine.KeptEvent;
import io.rebound.ingest.quarantine.RejectedAgain;
import io.rebound.ingest.quarantine.RejectedEvent;
import java.time.Duration;
import java.util.List;

/** What a rejected event came to when it was tried again. */
sealed interface Verdict {

  /**
   * Kafka has it.
   *
   * @param rest of a whole request, the events that are at fault: each is now kept by itself
   */
  record Accepted(KeptEvent kept, List<RejectedEvent> rest) implements Verdict {}

  /** It is still at fault. */
  record Rejected(KeptEvent kept, RejectedAgain why) implements Verdict {}

  /** Kafka doesn't take events at present: nothing is known about this one. */
  record NotDurable(Duration pause) implements Verdict {}
}
