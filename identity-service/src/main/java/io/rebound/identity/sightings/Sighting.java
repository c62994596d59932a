package io.rebound.identity.sightings;

import static java.util.Comparator.comparing;

import io.rebound.events.EventKey;
import io.rebound.events.Identifier;
import io.rebound.events.TrackedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * An event and the ids that its identifiers go by.
 *
 * @param at when it happened, as exactly as the database keeps it
 * @param evidence the id of the set of all its identifiers
 * @param strong strong identifiers, strongest type first
 * @param weak devices, in the order in which their owners decide
 */
public record Sighting(
    TrackedEvent event,
    Instant at,
    UUID evidence,
    Map<UUID, Identifier> strong,
    Map<UUID, Identifier> weak) {

  /**
   * An event without any identifier belongs to nobody: the caller is told so. A device that was
   * erased since is left out.
   */
  public static Sighting of(TrackedEvent event, Generations generations) {
    if (event.identifiers().isEmpty()) {
      throw new IllegalArgumentException("An event without identifiers");
    }
    Instant at = event.at().truncatedTo(ChronoUnit.MICROS);
    Map<UUID, Identifier> strong =
        byId(event, generations, identifier -> identifier.type().strong());
    Map<UUID, Identifier> weak =
        byId(
            event,
            generations,
            identifier -> !identifier.type().strong() && !generations.erased(identifier, at));
    var all = new ArrayList<UUID>(strong.keySet());
    all.addAll(weak.keySet());
    return new Sighting(event, at, PersonIds.ofSet(all), strong, weak);
  }

  /** The same event by what of it may link. */
  public Sighting without(Set<UUID> unusable) {
    return Collections.disjoint(strong.keySet(), unusable)
            && Collections.disjoint(weak.keySet(), unusable)
        ? this
        : new Sighting(event, at, evidence, without(strong, unusable), without(weak, unusable));
  }

  private static Map<UUID, Identifier> without(Map<UUID, Identifier> ids, Set<UUID> unusable) {
    var usable = new LinkedHashMap<>(ids);
    usable.keySet().removeAll(unusable);
    return Collections.unmodifiableMap(usable);
  }

  private static Map<UUID, Identifier> byId(
      TrackedEvent event, Generations generations, Predicate<Identifier> which) {
    var ids = new LinkedHashMap<UUID, Identifier>();
    event.identifiers().stream()
        .filter(which)
        .sorted(comparing(Identifier::type).thenComparing(Identifier::pseudonym))
        .forEach(identifier -> ids.put(generations.id(identifier), identifier));
    return Collections.unmodifiableMap(ids);
  }

  public EventKey key() {
    return event.key();
  }

  /** Nothing in it says who it was: it goes by its devices. */
  public boolean anonymous() {
    return strong.isEmpty();
  }

  /** Nothing in it may link: nobody can be found by it. */
  public boolean nobodys() {
    return strong.isEmpty() && weak.isEmpty();
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
