package io.rebound.segmentation.rules;

import io.rebound.segmentation.rules.Condition.PropertyTest;
import io.rebound.segmentation.rules.Condition.PropertyTest.Contains;
import io.rebound.segmentation.rules.Condition.PropertyTest.Each;
import io.rebound.segmentation.rules.Condition.PropertyTest.InRange;
import io.rebound.segmentation.rules.Condition.PropertyTest.OneOf;
import io.rebound.segmentation.rules.Facts.Happening;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether an event's properties are as a rule wants them. */
final class PropertyTests {
  private PropertyTests() {}

  static boolean hold(Map<String, PropertyTest> where, Happening happening) {
    return where.entrySet().stream()
        .allMatch(entry -> holds(entry.getValue(), property(happening, entry.getKey())));
  }

  /** The property as a number; 0 where it is none. */
  static BigDecimal number(Happening happening, String property) {
    return property(happening, property) instanceof Number number
        ? decimal(number)
        : BigDecimal.ZERO;
  }

  private static @Nullable Object property(Happening happening, String name) {
    return name.equals("value") ? happening.value() : happening.properties().get(name);
  }

  private static boolean holds(PropertyTest test, @Nullable Object value) {
    if (value == null) {
      return false;
    }
    return switch (test) {
      case OneOf(var values) -> values.stream().anyMatch(wanted -> same(wanted, value));
      case InRange(var range) -> value instanceof Number number && range.holds(decimal(number));
      case Contains(var part) ->
          value instanceof List<?> list
              ? list.stream().anyMatch(element -> element != null && same(part, element))
              : value instanceof String text && text.contains(part.toString());
      case Each(var tests) -> tests.stream().allMatch(each -> holds(each, value));
    };
  }

  // 1, 1.0 and 1.00 are the same number
  private static boolean same(Object wanted, Object value) {
    return wanted instanceof Number one && value instanceof Number other
        ? decimal(one).compareTo(decimal(other)) == 0
        : wanted.equals(value);
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
  }
}
