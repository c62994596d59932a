package io.rebound.events;

import java.time.Instant;
import java.util.UUID;

/**
 * An event turned out to be somebody else's, for instance because a later sign-in shows whose
 * device it was. Sent once under each person's key. A state of the event: the highest revision
 * holds, whether it comes with this or with the {@link IdentifiedEvent} itself, and in either
 * order.
 */
public record EventMoved(
    String source, String eventId, UUID from, UUID to, long revision, Instant at)
    implements PersonEvent {

  public EventKey key() {
    return new EventKey(source, eventId);
  }

  @Override
  public String ceType() {
    return "io.rebound.event-moved.v1";
  }

  @Override
  public String ceId() {
    return key() + "/moved/" + revision;
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
