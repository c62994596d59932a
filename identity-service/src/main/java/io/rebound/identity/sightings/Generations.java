package io.rebound.identity.sightings;

import io.rebound.events.Identifier;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which persons identifiers stand for, after all erasures.
 *
 * @param firstIds the persons that the identifiers asked for were on their own at first
 * @param erasedAt the last erasure of those that were erased, by their first id
 */
public record Generations(Map<Identifier, UUID> firstIds, Map<UUID, Instant> erasedAt) {
  public Generations {
    erasedAt = Map.copyOf(erasedAt);
  }

  /** Of identifiers that nobody has asked to erase. */
  public static Generations first(Collection<Identifier> identifiers) {
    Map<Identifier, UUID> firstIds = new HashMap<>();
    identifiers.forEach(identifier -> firstIds.computeIfAbsent(identifier, PersonIds::of));
    return new Generations(firstIds, Map.of());
  }

  /** Whether it was erased after that moment. */
  boolean erased(Identifier identifier, Instant at) {
    Instant last = last(identifier);
    return last != null && !at.isAfter(last);
  }

  /** The person that the identifier is on its own now. */
  public UUID id(Identifier identifier) {
    Instant last = last(identifier);
    return last == null ? firstId(identifier) : PersonIds.of(identifier, of(last));
  }

  /** The generation that an erasure begins. */
  static long of(Instant erasedAt) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, erasedAt);
  }

  private @Nullable Instant last(Identifier identifier) {
    return erasedAt.isEmpty() ? null : erasedAt.get(firstId(identifier));
  }

  private UUID firstId(Identifier identifier) {
    return Objects.requireNonNull(firstIds.get(identifier), "An identifier that wasn't asked for");
  }
}
