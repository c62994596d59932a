package io.rebound.identity.graph;

import io.rebound.identity.sightings.Sighting;
import java.util.UUID;

/**
 * An event and its person.
 *
 * @param revision 0 where a strong identifier says who it was: that never changes but by merging
 */
record Resolved(Sighting sighting, UUID person, long revision) {
  boolean states() {
    return !sighting.event().consent().stated().isEmpty();
  }
}
