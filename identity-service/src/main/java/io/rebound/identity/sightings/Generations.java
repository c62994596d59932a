package io.rebound.identity.sightings;

import io.rebound.events.Identifier;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which persons identifiers stand for, after all erasures.
 *
 * @param erasedAt the last erasure of those that were erased, by their first id
 */
public record Generations(Map<UUID, Instant> erasedAt) {
  public Generations {
    erasedAt = Map.copyOf(erasedAt);
  }

  /** Whether it was erased after that moment. */
  boolean erased(Identifier identifier, Instant at) {
    Instant last = last(identifier);
    return last != null && !at.isAfter(last);
  }

  /** The person that the identifier is on its own now. */
  public UUID id(Identifier identifier) {
    Instant last = last(identifier);
    return PersonIds.of(identifier, last == null ? 0 : of(last));
  }

  /** The generation that an erasure begins. */
  static long of(Instant erasedAt) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, erasedAt);
  }

  private @Nullable Instant last(Identifier identifier) {
    return erasedAt.isEmpty() ? null : erasedAt.get(PersonIds.of(identifier));
  }
}
