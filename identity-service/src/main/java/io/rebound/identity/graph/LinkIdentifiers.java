package io.rebound.identity.graph;

import io.rebound.events.Identifier;
import io.rebound.identity.sightings.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Merges by strong identifiers: those of one event belong to one person, so the persons of a
 * connected set of identifiers are one. The smallest of the ids derived from these identifiers
 * survives, which no order of events can change.
 *
 * <p>An identifier that wasn't known is, until that moment, a person of its own who is then
 * absorbed: its derived id is announced even if nobody ever saw it, because an identity that was
 * restored to an earlier moment may have published under it.
 */
@Component
class LinkIdentifiers {
  private final Persons persons;

  LinkIdentifiers(Persons persons) {
    this.persons = persons;
  }

  Linked link(List<Sighting> sightings) {
    var identifiers = new LinkedHashMap<UUID, Identifier>();
    sightings.forEach(sighting -> identifiers.putAll(sighting.strong()));
    if (identifiers.isEmpty()) {
      return new Linked(Map.of(), List.of(), Set.of());
    }
    Map<UUID, UUID> known = held(identifiers.keySet());
    var components = new Components();
    Map<UUID, Instant> times = new HashMap<>();
    for (Sighting sighting : sightings) {
      UUID first = null;
      for (UUID identifier : sighting.strong().keySet()) {
        UUID person = known.getOrDefault(identifier, identifier);
        components.join(first == null ? person : first, person);
        first = first == null ? person : first;
        times.merge(
            person,
            sighting.event().receivedAt(),
            (one, other) -> one.isBefore(other) ? one : other);
      }
    }
    return write(identifiers, known, components, times);
  }

  /**
   * Holds the persons of these identifiers. While it waited for a lock another thread may have
   * merged them, so it looks again until nothing changes.
   */
  private Map<UUID, UUID> held(Set<UUID> identifiers) {
    Map<UUID, UUID> known = persons.ofIdentifiers(identifiers);
    while (true) {
      var involved = new HashSet<>(known.values());
      for (UUID identifier : identifiers) {
        if (!known.containsKey(identifier)) {
          involved.add(identifier);
        }
      }
      persons.hold(involved);
      Map<UUID, UUID> again = persons.ofIdentifiers(identifiers);
      if (again.equals(known)) {
        return known;
      }
      known = again;
    }
  }

  private Linked write(
      Map<UUID, Identifier> identifiers,
      Map<UUID, UUID> known,
      Components components,
      Map<UUID, Instant> times) {
    var absorptions = new ArrayList<Absorption>();
    components
        .sets()
        .forEach((survivor, set) ->
            set.stream()
                .filter(id -> !id.equals(survivor))
                .forEach(id -> absorptions.add(new Absorption(id, survivor, first(set, times)))));
    if (!absorptions.isEmpty()) {
      persons.absorb(absorptions);
    }
    var now = new HashMap<UUID, UUID>();
    var added = new HashMap<UUID, Identifier>();
    var changed = new HashSet<UUID>();
    identifiers.forEach((id, identifier) -> {
      UUID person = components.representative(known.getOrDefault(id, id));
      now.put(id, person);
      if (!known.containsKey(id)) {
        added.put(id, identifier);
        changed.add(person);
      }
    });
    absorptions.forEach(absorption -> changed.add(absorption.survivor()));
    if (!added.isEmpty()) {
      persons.add(added, now);
    }
    return new Linked(now, absorptions, changed);
  }

  private static Instant first(Set<UUID> set, Map<UUID, Instant> times) {
    return set.stream()
        .map(times::get)
        .filter(time -> time != null)
        .min(Instant::compareTo)
        .orElseThrow();
  }
}
