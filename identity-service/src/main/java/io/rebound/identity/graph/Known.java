package io.rebound.identity.graph;

import io.rebound.events.Identifier;
import io.rebound.identity.profiles.Brought;
import io.rebound.identity.sightings.Sighting;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is known of a batch's identifiers before it.
 *
 * @param evidence the sets of identifiers that were seen before, and what they brought
 * @param persons whose the usable strong identifiers are
 * @param barred strong identifiers and devices that link nobody
 * @param roles those the batch says are a role's
 * @param visitors who the devices' events without an owner are
 */
record Known(
    Map<UUID, Brought> evidence,
    Map<UUID, UUID> persons,
    Set<UUID> barred,
    Set<UUID> roles,
    Map<UUID, UUID> visitors) {

  /** Whether the event shows something new: devices alone show nothing. */
  boolean isNew(Sighting sighting) {
    if (sighting.strong().isEmpty()) {
      return false;
    }
    return !evidence.containsKey(sighting.evidence())
        // what was erased is new again
        || sighting.strong().keySet().stream()
            .anyMatch(id -> roles.contains(id) || !persons.containsKey(id) && !barred.contains(id));
  }

  /** The batch by what of it may link. */
  List<Sighting> usable(Collection<Sighting> sightings) {
    var unusable = new HashSet<>(barred);
    unusable.addAll(roles);
    return sightings.stream().map(sighting -> sighting.without(unusable)).toList();
  }

  /** Whoever has to be held: the identifiers' persons, and who they are where nobody has them. */
  Set<UUID> everybody(List<Sighting> sightings) {
    var everybody = new HashSet<UUID>();
    for (Sighting sighting : sightings) {
      for (UUID id : sighting.strong().keySet()) {
        UUID person = persons.get(id);
        if (person != null) {
          everybody.add(person);
        } else if (!barred.contains(id) && !roles.contains(id)) {
          everybody.add(id);
        }
      }
    }
    return everybody;
  }

  /** The devices that may link. */
  Map<UUID, Identifier> devices(List<Sighting> sightings) {
    var devices = new HashMap<UUID, Identifier>();
    sightings.forEach(sighting -> devices.putAll(sighting.weak()));
    devices.keySet().removeAll(barred);
    return devices;
  }
}
