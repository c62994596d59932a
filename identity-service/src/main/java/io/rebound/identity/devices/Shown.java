package io.rebound.identity.devices;

import io.rebound.identity.sightings.Sighting;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What may change whose events are.
 *
 * @param sightings new events, by what of them may link
 * @param blocked devices that own nothing any more
 * @param identifiers strong identifiers whose person may be another
 * @param due numbers of events to be looked at again
 * @param repeated the new events may have been told of before
 */
public record Shown(
    List<Sighting> sightings,
    Set<UUID> blocked,
    Set<UUID> identifiers,
    List<Long> due,
    boolean repeated) {}
