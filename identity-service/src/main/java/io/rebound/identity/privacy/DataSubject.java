package io.rebound.identity.privacy;

import io.rebound.events.Identifier;
import java.util.List;
import java.util.UUID;

/**
 * Whom a request is about, with all that is known to be theirs.
 *
 * @param person the person's id; where nobody is known, that of the identifier on its own
 * @param persons every id they go or went by, their own devices' included
 * @param identifierIds of their strong identifiers
 * @param deviceIds of the devices that nobody else used
 * @param identifiers the pseudonyms of both, and those that were named
 */
record DataSubject(
    UUID person,
    List<UUID> persons,
    List<UUID> identifierIds,
    List<UUID> deviceIds,
    List<Identifier> identifiers) {
  DataSubject {
    persons = List.copyOf(persons);
    identifierIds = List.copyOf(identifierIds);
    deviceIds = List.copyOf(deviceIds);
    identifiers = List.copyOf(identifiers);
  }
}
