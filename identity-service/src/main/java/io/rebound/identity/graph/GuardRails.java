package io.rebound.identity.graph;

import io.rebound.events.Identifier;
import io.rebound.identity.sightings.Sighting;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Which values may link: no role's address, and none that was seen with too many people. What is
 * barred once stays barred.
 */
@Component
class GuardRails {
  private final SeenWith seenWith;
  private final BarredValues values;

  GuardRails(SeenWith seenWith, BarredValues values) {
    this.seenWith = seenWith;
    this.values = values;
  }

  /**
   * What links nobody.
   *
   * @param all the batch's values that may not link
   * @param identifiers the strong ones barred just now
   * @param persons whose they were
   * @param devices the devices blocked just now
   */
  record Barred(Set<UUID> all, Set<UUID> identifiers, Set<UUID> persons, Set<UUID> devices) {}

  /** Takes in what new evidence shows and bars what has to be. */
  Barred bar(List<Sighting> fresh, Known known) {
    Set<UUID> crowded = seenWith.add(fresh, known.barred());
    Map<UUID, Identifier> blocked = new HashMap<>();
    Map<UUID, Identifier> roles = new HashMap<>();
    Set<UUID> devices = new HashSet<>();
    for (Sighting sighting : fresh) {
      sighting
          .strong()
          .forEach((id, identifier) -> {
            if (known.roles().contains(id)) {
              roles.put(id, identifier);
            } else if (crowded.contains(id)) {
              blocked.put(id, identifier);
            }
          });
      sighting.weak().keySet().stream().filter(crowded::contains).forEach(devices::add);
    }
    if (!roles.isEmpty()) {
      values.bar(roles, BarredValues.Reason.ROLE);
    }
    if (!blocked.isEmpty()) {
      values.bar(blocked, BarredValues.Reason.BLOCKED);
    }
    if (!devices.isEmpty()) {
      values.barDevices(devices);
    }
    Set<UUID> identifiers = new HashSet<>(blocked.keySet());
    identifiers.addAll(roles.keySet());
    Set<UUID> all = new HashSet<>(known.barred());
    all.addAll(identifiers);
    all.addAll(devices);
    return new Barred(all, identifiers, personsOf(identifiers, known), devices);
  }

  private static Set<UUID> personsOf(Collection<UUID> identifiers, Known known) {
    var persons = new HashSet<UUID>();
    identifiers.forEach(id -> {
      UUID person = known.persons().get(id);
      if (person != null) {
        persons.add(person);
      }
    });
    return persons;
  }
}
