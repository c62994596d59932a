package io.rebound.identity.graph;

import io.rebound.identity.sightings.Sighting;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Whose the strong identifiers of a batch are after all it proves.
 *
 * @param persons by identifier
 * @param changed persons who have other identifiers than before
 */
record Linked(Map<UUID, UUID> persons, List<Absorption> absorptions, Set<UUID> changed) {

  /** The person of an event that isn't anonymous. */
  UUID person(Sighting sighting) {
    UUID person = persons.get(sighting.representative());
    if (person == null) {
      throw new IllegalStateException("An identifier of the batch isn't linked");
    }
    return person;
  }

  Set<UUID> everybody() {
    return new HashSet<>(persons.values());
  }
}
