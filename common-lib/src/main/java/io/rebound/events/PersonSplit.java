package io.rebound.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A state that ends a {@link PersonsMerged}: the person is no alias of anybody any more, because a
 * link was undone (an identifier too many people use, or an operator's decision). Sent once under
 * each person's key. Of the two the one of the highest revision holds. Which events are the
 * person's is said by an {@link EventMoved} each, before or after this.
 *
 * @param personId who stands alone again
 * @param from who absorbed them before
 * @param revision of the person's being an alias or not
 */
public record PersonSplit(UUID personId, UUID from, long revision, Instant at)
    implements PersonEvent {
  @Override
  public String ceType() {
    return "io.rebound.person-split.v1";
  }

  @Override
  public String ceId() {
    return personId + "/split/" + revision;
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
