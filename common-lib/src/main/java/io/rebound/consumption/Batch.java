package io.rebound.consumption;

import java.time.Instant;
import java.util.List;

/**
 * Records of one topic as they came from one poll, in the order of each partition.
 *
 * @param values what the records hold, at least one
 * @param time the latest record time among them: the handler's only clock
 * @param repeated the database was restored to an earlier moment and these records have been
 *     consumed before. The effects are gone but the messages went out; a handler that publishes
 *     only what changed publishes everything it touches here, because its own idea of what it last
 *     said is too old.
 */
public record Batch<T>(List<T> values, Instant time, boolean repeated) {
  public Batch {
    values = List.copyOf(values);
  }
}
