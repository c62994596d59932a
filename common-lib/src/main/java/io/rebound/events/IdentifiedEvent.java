package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;

/**
 * A fact: this person did this. It may come twice, and under another person or partition after a
 * restore; it counts once, for the person of the highest revision.
 *
 * @param revision grows when identity assigns the event to another person; compare with {@link
 *     EventMoved#revision()}
 * @param consents what the person allowed when identity saw the event
 */
public record IdentifiedEvent(UUID personId, long revision, Consents consents, TrackedEvent event)
    implements PersonEvent {

  @JsonIgnore
  public EventKey key() {
    return event.key();
  }

  @Override
  public String ceType() {
    return "io.rebound.identified-event.v1";
  }

  @Override
  public String ceId() {
    return event.ceId();
  }

  @Override
  public Instant ceTime() {
    return event.at();
  }
}
