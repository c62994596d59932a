package io.rebound.identity.sightings;

import static java.util.Comparator.comparing;

import io.rebound.events.EventKey;
import io.rebound.events.Identifier;
import io.rebound.events.TrackedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * An event and the ids that its identifiers go by.
 *
 * @param at when it happened, as exactly as the database keeps it
 * @param strong strong identifiers, strongest type first
 * @param weak devices, in the order in which their owners decide
 */
public record Sighting(
    TrackedEvent event, Instant at, Map<UUID, Identifier> strong, Map<UUID, Identifier> weak) {

  /** An event without any identifier belongs to nobody: the caller is told so. */
  public static Sighting of(TrackedEvent event) {
    if (event.identifiers().isEmpty()) {
      throw new IllegalArgumentException("An event without identifiers");
    }
    return new Sighting(
        event,
        event.at().truncatedTo(ChronoUnit.MICROS),
        byId(event, identifier -> identifier.type().strong()),
        byId(event, identifier -> !identifier.type().strong()));
  }

  private static Map<UUID, Identifier> byId(TrackedEvent event, Predicate<Identifier> which) {
    var ids = new LinkedHashMap<UUID, Identifier>();
    event.identifiers().stream()
        .filter(which)
        .sorted(comparing(Identifier::type).thenComparing(Identifier::pseudonym))
        .forEach(identifier -> ids.put(PersonIds.of(identifier), identifier));
    return Collections.unmodifiableMap(ids);
  }

  public EventKey key() {
    return event.key();
  }

  /** Nothing in it says who it was: it goes by its devices. */
  public boolean anonymous() {
    return strong.isEmpty();
  }

  /** A person on a device, who owns it from now on. */
  public boolean signsIn() {
    return !strong.isEmpty() && !weak.isEmpty();
  }

  /** The strong identifier that stands for all of this event's, which belong together. */
  public UUID representative() {
    return strong.keySet().iterator().next();
  }

  public List<UUID> devices() {
    return List.copyOf(weak.keySet());
  }
}
