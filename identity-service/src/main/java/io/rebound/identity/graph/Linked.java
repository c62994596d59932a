package io.rebound.identity.graph;

import io.rebound.identity.profiles.Brought;
import io.rebound.identity.sightings.Sighting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who is who after what a batch, or an operator, showed.
 *
 * @param sightings the batch's events, by what of them may link
 * @param persons whose the batch's strong identifiers are
 * @param regrouped who became one with whom, and who no longer is
 * @param blockedDevices devices that turned out to be used by too many people
 * @param brought what each set of identifiers that was known had brought before
 */
record Linked(
    List<Sighting> sightings,
    Map<UUID, UUID> persons,
    Regrouped regrouped,
    Set<UUID> blockedDevices,
    Map<UUID, Brought> brought) {

  static Linked nothing() {
    return new Linked(List.of(), Map.of(), Regrouped.nothing(), Set.of(), Map.of());
  }

  static Linked of(Regrouped regrouped) {
    return new Linked(List.of(), Map.of(), regrouped, Set.of(), Map.of());
  }

  Set<UUID> everybody() {
    return new HashSet<>(persons.values());
  }

  /** The absorbed persons of each survivor. */
  Map<UUID, UUID> survivors() {
    var survivors = new HashMap<UUID, UUID>();
    regrouped.absorptions().forEach(one -> survivors.put(one.absorbed(), one.survivor()));
    return survivors;
  }
}
