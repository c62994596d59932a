package io.rebound.ingest.imports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an import has come.
 *
 * @param attempt how often it was begun or gone on with
 * @param receivedAt when it was first begun: the arrival of all its events
 * @param rows that are ticked off: in Kafka, or in the quarantine
 * @param rowsDigest of these rows; null before the first
 * @param headRows the first rows that were ticked off together, with their digest
 * @param stoppedBy why it isn't running and not done either
 */
record Import(
    long id,
    String source,
    ImportKind kind,
    State state,
    int attempt,
    @Nullable Long contentLength,
    Instant receivedAt,
    Instant updatedAt,
    long rows,
    long accepted,
    long rejected,
    byte @Nullable [] rowsDigest,
    long headRows,
    byte @Nullable [] headDigest,
    @Nullable String stoppedBy) {

  enum State {
    RUNNING,
    STOPPED,
    DONE
  }
}
