package io.rebound.identity.links;

import io.rebound.events.Identifier;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers that were seen together, which is why they are one person's.
 *
 * @param firstEvent the event that showed it first; null for what was known before this was noted
 * @param undone an operator decided that it proves nothing
 */
record Link(
    UUID linkId,
    List<Identifier> identifiers,
    @Nullable FirstEvent firstEvent,
    Instant firstSeen,
    boolean undone) {

  /** An event and when it happened. */
  record FirstEvent(String source, String eventId, Instant at) {}
}
