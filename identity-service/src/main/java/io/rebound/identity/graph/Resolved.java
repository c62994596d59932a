package io.rebound.identity.graph;

import io.rebound.identity.sightings.Sighting;
import java.util.UUID;

/**
 * An event and its person.
 *
 * @param revision of the event's being this person's
 */
record Resolved(Sighting sighting, UUID person, long revision) {
  boolean states() {
    return !sighting.event().consent().stated().isEmpty();
  }
}
