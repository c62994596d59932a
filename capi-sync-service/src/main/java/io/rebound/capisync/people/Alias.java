package io.rebound.capisync.people;

import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person is an alias of another: a state, of which the highest revision holds.
 *
 * @param of whose alias; null for nobody's
 * @param splitFrom whose alias they were before, where that has ended
 */
record Alias(UUID person, @Nullable UUID of, @Nullable UUID splitFrom, long revision) {

  static Alias of(PersonsMerged merge) {
    return new Alias(merge.absorbed(), merge.survivor(), null, merge.revision());
  }

  static Alias of(PersonSplit split) {
    return new Alias(split.personId(), null, split.from(), split.revision());
  }

  /** Of two about the same person the one that holds. */
  Alias orNewer(Alias other) {
    return other.revision > revision ? other : this;
  }
}
