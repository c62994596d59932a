package io.rebound.events;

import java.time.Instant;

/**
 * A sealed envelope kept outside its event, with the event it came with: its source and id are
 * bound into the envelope and are needed to open it.
 *
 * @param at when that event happened
 */
public record SealedWithEvent(String source, String eventId, Instant at, Sealed sealed) {
  public EventKey key() {
    return new EventKey(source, eventId);
  }
}
