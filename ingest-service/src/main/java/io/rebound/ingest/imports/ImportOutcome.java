package io.rebound.ingest.imports;

import java.time.Duration;

/** What an upload came to. */
sealed interface ImportOutcome {

  /** Every row is in Kafka or in the quarantine. */
  record Done(Import imported) implements ImportOutcome {}

  /** The rows that are ticked off stay; the rest is to be sent again with the same key. */
  record ComeAgain(Duration pause) implements ImportOutcome {}

  /** Nothing more can be taken of this upload. */
  record Refused(int status, String problem, String field, String reason)
      implements ImportOutcome {}
}
