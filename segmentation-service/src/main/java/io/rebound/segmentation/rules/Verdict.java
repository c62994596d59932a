package io.rebound.segmentation.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a rule comes to for a person.
 *
 * @param nextCheck until when this holds if nothing happens; null for ever. The answer at that
 *     instant may be the same
 */
public record Verdict(boolean member, @Nullable Instant nextCheck) {
  public static Verdict forEver(boolean member) {
    return new Verdict(member, null);
  }

  /** The earlier of two; null is never. */
  public static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
