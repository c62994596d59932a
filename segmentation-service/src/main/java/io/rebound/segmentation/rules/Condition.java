package io.rebound.segmentation.rules;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must be true of a person for them to belong to a segment. */
public sealed interface Condition {

  record All(List<Condition> of) implements Condition {}

  record Any(List<Condition> of) implements Condition {}

  record Not(Condition of) implements Condition {}

  /**
   * The person did something, at least once unless {@code count} says otherwise.
   *
   * @param within how long ago at most, by the event's own time; null for ever
   * @param count how often
   * @param sum what a property comes to in total
   * @param where what must be true of each event counted
   */
  record Did(
      String event,
      @Nullable Duration within,
      @Nullable Range count,
      @Nullable Sum sum,
      Map<String, PropertyTest> where)
      implements Condition {}

  record Sum(String of, Range range) {}

  /** Scores; an empty set admits every value, but only customers have any. */
  record Rfm(Set<Integer> r, Set<Integer> f, Set<Integer> m, Set<String> labels)
      implements Condition {}

  /** Belongs to another segment, by that one's rule as it stands. */
  record InSegment(String name) implements Condition {}

  /** Both ends belong to it; null is no end. */
  record Range(@Nullable BigDecimal gte, @Nullable BigDecimal lte) {
    public boolean holds(BigDecimal value) {
      return (gte == null || value.compareTo(gte) >= 0)
          && (lte == null || value.compareTo(lte) <= 0);
    }
  }

  /** What a property of an event must be. */
  sealed interface PropertyTest {
    /** One of these texts, numbers or booleans. */
    record OneOf(List<Object> values) implements PropertyTest {}

    /** A number in a range. */
    record InRange(Range range) implements PropertyTest {}

    /** A text with this part, or a list with this element. */
    record Contains(Object part) implements PropertyTest {}

    /** Several tests of one property. */
    record Each(List<PropertyTest> tests) implements PropertyTest {}
  }
}
