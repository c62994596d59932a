package io.rebound.segmentation.rules;

import io.rebound.segmentation.rules.Condition.PropertyTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what a property must be: a value, or {@code {gte, lte, in, contains}}. */
final class PropertyTestParser {
  private PropertyTestParser() {}

  static PropertyTest parse(Field field) {
    if (!field.isObject()) {
      return new PropertyTest.OneOf(List.of(field.scalar()));
    }
    field.mustOnlyHave(Set.of("gte", "lte", "in", "contains"));
    List<PropertyTest> tests = new ArrayList<>();
    if (field.has("gte") || field.has("lte")) {
      tests.add(
          new PropertyTest.InRange(
              DefinitionParser.range(field, Set.of("gte", "lte", "in", "contains"))));
    }
    if (field.has("in")) {
      tests.add(
          new PropertyTest.OneOf(field.at("in").elements().stream().map(Field::scalar).toList()));
    }
    if (field.has("contains")) {
      tests.add(new PropertyTest.Contains(field.at("contains").scalar()));
    }
    if (tests.isEmpty()) {
      throw field.wrong("must have gte, lte, in or contains");
    }
    return tests.size() == 1 ? tests.getFirst() : new PropertyTest.Each(List.copyOf(tests));
  }
}
