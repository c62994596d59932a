package io.rebound.segmentation.people;

import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person is an alias of another: a state, of which the highest revision holds.
 *
 * @param of whose alias, by a smaller id; null for nobody's
 */
public record Alias(UUID person, @Nullable UUID of, long revision) {

  public static Alias of(PersonsMerged merge) {
    return new Alias(merge.absorbed(), merge.survivor(), merge.revision());
  }

  public static Alias of(PersonSplit split) {
    return new Alias(split.personId(), null, split.revision());
  }

  /** Of two about the same person the one that holds. */
  public Alias orNewer(Alias other) {
    return other.revision > revision ? other : this;
  }
}
