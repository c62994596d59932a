package io.rebound.identity.rekeying;

import io.rebound.events.Identifier;
import io.rebound.events.SealedWithEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person with everything sealed that is kept of them. Nobody here can open it.
 *
 * @param readAt before this was read: whatever is told of the person by that time can't undo an
 *     erasure made meanwhile
 * @param identifiers all strong ones
 */
public record SealedPerson(
    UUID personId, Instant readAt, List<Identifier> identifiers, List<Kept> kept) {
  public SealedPerson {
    identifiers = List.copyOf(identifiers);
    kept = List.copyOf(kept);
  }

  /**
   * One event's envelope, of one of the two kinds.
   *
   * @param identifiers for which it is kept: some of those that the event named
   */
  public record Kept(
      List<Identifier> identifiers,
      @Nullable SealedWithEvent matchKeys,
      @Nullable SealedWithEvent contact) {
    public Kept {
      identifiers = List.copyOf(identifiers);
    }
  }
}
