package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.GraphError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A product set's filter: which items are in. Texts are compared without regard to case. Source:
 * Marketing API, reference Product Set.
 */
final class ProductFilter {
  private ProductFilter() {}

  /** Reads a filter; an empty one takes all items. */
  static Predicate<Item> of(JsonNode filter) {
    if (!filter.isObject()) {
      throw GraphError.invalidParameter("Param filter must be a JSON object");
    }
    return filter.properties().stream()
        .map(entry -> rule(entry.getKey(), entry.getValue()))
        .reduce(_ -> true, Predicate::and);
  }

  private static Predicate<Item> rule(String name, JsonNode value) {
    return switch (name) {
      case "and" -> value.valueStream().map(ProductFilter::of).reduce(_ -> true, Predicate::and);
      case "or" -> value.valueStream().map(ProductFilter::of).reduce(_ -> false, Predicate::or);
      default -> {
        FilterField field = FilterField.of(name);
        if (!value.isObject() || value.isEmpty()) {
          throw GraphError.invalidParameter("Param filter needs an operator for " + name);
        }
        yield value.properties().stream()
            .map(entry -> comparison(field, entry.getKey(), entry.getValue()))
            .reduce(_ -> true, Predicate::and);
      }
    };
  }

  private static Predicate<Item> comparison(FilterField field, String operator, JsonNode value) {
    String text = value.asString("").toLowerCase(Locale.ROOT);
    List<String> any =
        value.valueStream().map(one -> one.asString("").toLowerCase(Locale.ROOT)).toList();
    return switch (operator) {
      case "eq" -> item -> texts(field, item).contains(text);
      case "neq" -> item -> !texts(field, item).contains(text);
      case "is_any" -> item -> texts(field, item).stream().anyMatch(any::contains);
      case "is_not_any" -> item -> texts(field, item).stream().noneMatch(any::contains);
      case "contains", "i_contains" ->
          item -> texts(field, item).stream().anyMatch(one -> one.contains(text));
      case "not_contains" ->
          item -> texts(field, item).stream().noneMatch(one -> one.contains(text));
      case "starts_with" ->
          item -> texts(field, item).stream().anyMatch(one -> one.startsWith(text));
      case "lt" -> ordered(field, value, sign -> sign < 0);
      case "lte" -> ordered(field, value, sign -> sign <= 0);
      case "gt" -> ordered(field, value, sign -> sign > 0);
      case "gte" -> ordered(field, value, sign -> sign >= 0);
      default ->
          throw GraphError.invalidParameter("Param filter has an unknown operator: " + operator);
    };
  }

  private static List<String> texts(FilterField field, Item item) {
    return field.values(item).stream().map(value -> value.toLowerCase(Locale.ROOT)).toList();
  }

  private static Predicate<Item> ordered(
      FilterField field, JsonNode value, Predicate<Integer> wanted) {
    BigDecimal bound =
        number(value.asString(""))
            .orElseThrow(
                () -> GraphError.invalidParameter("Param filter needs a number to compare with"));
    return item ->
        field.values(item).stream()
            .flatMap(one -> number(one).stream())
            .anyMatch(one -> wanted.test(one.compareTo(bound)));
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
