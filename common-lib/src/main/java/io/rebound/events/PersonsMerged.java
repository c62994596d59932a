package io.rebound.events;

import java.time.Instant;
import java.util.UUID;

/**
 * Two persons are one. Sent once under each person's key. It is final: {@code absorbed} is an alias
 * of {@code survivor} from now on, so state is folded and late events of the absorbed land on the
 * survivor (who may later be absorbed in turn). The absorbed person may be one that nobody ever
 * saw.
 *
 * @param at the receive time of the event that proved it
 */
public record PersonsMerged(UUID absorbed, UUID survivor, Instant at) implements PersonEvent {
  @Override
  public String ceType() {
    return "io.rebound.persons-merged.v1";
  }

  @Override
  public String ceId() {
    return absorbed + "/merged/" + survivor;
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
