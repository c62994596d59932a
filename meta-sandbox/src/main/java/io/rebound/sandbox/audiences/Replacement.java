package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.GraphError;
import io.rebound.sandbox.journal.Journaled.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * All people of an audience being replaced: what has arrived waits until the last batch, or until
 * 90 minutes after the first one. Guarded by the store. Source: Marketing API, guide "Custom
 * Audiences from customer files", replacing users.
 */
final class Replacement {
  private static final Duration OPEN = Duration.ofMinutes(90);

  final long session;
  final List<String> schema;
  final Members arrived = new Members();
  private final long startedAt;
  private long lastAt;
  private long estimated;
  private long received;
  private long invalid;

  Replacement(ReplaceBatch first) {
    this.session = first.session();
    this.schema = first.schema();
    this.startedAt = first.at();
  }

  /** Refuses a batch that may not come. */
  void check(ReplaceBatch batch) {
    if (batch.session() != session) {
      throw ReplaceRefusals.inProgress();
    }
    if (lastAt > 0) {
      throw ReplaceRefusals.finished();
    }
    if (batch.at() >= closesAt()) {
      throw ReplaceRefusals.timedOut();
    }
    if (batch.sequence() == 1) {
      throw ReplaceRefusals.inProgress(); // the first batch starts a replacement, so it comes once
    }
    if (!batch.schema().equals(schema)) {
      throw GraphError.invalidParameter(
          "Param payload.schema must be the same in every batch of a replacement");
    }
  }

  void take(ReplaceBatch batch) {
    batch.rows().forEach(arrived::add);
    received += batch.received();
    invalid += batch.invalid();
    estimated = Math.max(estimated, batch.estimated());
    lastAt = batch.last() ? batch.at() : 0;
  }

  long received() {
    return received;
  }

  long invalid() {
    return invalid;
  }

  /** When no batch is taken any more. */
  long closesAt() {
    return lastAt > 0 ? lastAt : startedAt + OPEN.toMillis();
  }

  boolean timedOut() {
    return lastAt == 0;
  }

  /** Whether less arrived than was announced, and nobody said that it was all. */
  boolean incomplete() {
    return timedOut() && received < estimated;
  }

  /** Tells batches that lead here. */
  void compact(String audience, int rowsABatch, Sink sink) throws IOException {
    tell(audience, batch(1, false, startedAt, received, invalid, List.of()), sink);
    List<List<String>> rows = arrived.after("", rowsABatch);
    while (!rows.isEmpty()) {
      tell(audience, batch(2, false, startedAt, 0, 0, rows), sink);
      rows = arrived.after(rows.getLast().getFirst(), rowsABatch);
    }
    if (lastAt > 0) {
      tell(audience, batch(2, true, lastAt, 0, 0, List.of()), sink);
    }
  }

  private static void tell(String audience, ReplaceBatch batch, Sink sink) throws IOException {
    sink.accept(AudienceChanges.replacing(audience, batch));
  }

  private ReplaceBatch batch(
      int sequence, boolean last, long at, long count, long bad, List<List<String>> rows) {
    return new ReplaceBatch(session, sequence, last, estimated, schema, at, count, bad, rows);
  }
}
