package io.rebound.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A state of the absorbed person: {@code absorbed} is an alias of {@code survivor}, so state is
 * folded and late events of the absorbed land on the survivor, who may be absorbed in turn. Sent
 * once under each person's key. The absorbed person may be one that nobody ever saw. Of this and
 * {@link PersonSplit} the one of the highest revision holds. The survivor's id is always the
 * smaller one, as unsigned bytes, so aliases never go round in a circle.
 *
 * @param revision of the absorbed person's being an alias
 * @param at the receive time of the event that proved it
 */
public record PersonsMerged(UUID absorbed, UUID survivor, long revision, Instant at)
    implements PersonEvent {
  @Override
  public String ceType() {
    return "io.rebound.persons-merged.v1";
  }

  @Override
  public String ceId() {
    return absorbed + "/merged/" + survivor + "/" + revision;
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
