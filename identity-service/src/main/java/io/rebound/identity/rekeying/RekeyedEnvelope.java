package io.rebound.identity.rekeying;

import io.rebound.events.EventKey;
import io.rebound.events.Identifier;
import io.rebound.events.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of a person's envelopes sealed anew, and the identifiers it is kept for with their old and
 * new pseudonyms.
 *
 * @param eventId the same for the same work, so that repeating it changes nothing; the envelope is
 *     bound to it and to {@link #SOURCE}
 * @param at {@link SealedPerson#readAt()}
 */
public record RekeyedEnvelope(
    String eventId,
    UUID personId,
    Instant at,
    List<Identifier> identifiers,
    @Nullable Sealed matchKeys,
    @Nullable Sealed contact) {
  /** A source that no shop can have: its id isn't one. */
  public static final String SOURCE = "@rekeying";

  public RekeyedEnvelope {
    identifiers = List.copyOf(identifiers);
  }

  /** What an envelope is bound to. */
  public static EventKey event(String eventId) {
    return new EventKey(SOURCE, eventId);
  }
}
