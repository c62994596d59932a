package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.GraphError;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The list's parameter {@code filtering}: all of its conditions must hold. */
final class Filtering {
  private Filtering() {}

  static Predicate<ObjectNode> of(JsonNode filtering) {
    Predicate<ObjectNode> all = _ -> true;
    for (JsonNode condition : filtering) {
      all = all.and(condition(condition));
    }
    return all;
  }

  private static Predicate<ObjectNode> condition(JsonNode condition) {
    String pointer = "/" + condition.path("field").asString("").replace('.', '/');
    String operator = condition.path("operator").asString("");
    JsonNode value = condition.path("value");
    String text = value.asString("");
    return switch (operator) {
      case "EQUAL" -> shown -> at(shown, pointer).equals(text);
      case "NOT_EQUAL" -> shown -> !at(shown, pointer).equals(text);
      case "CONTAIN" -> shown -> at(shown, pointer).contains(text);
      case "STARTS_WITH" -> shown -> at(shown, pointer).startsWith(text);
      case "GREATER_THAN" -> shown -> shown.at(pointer).asDouble(0) > value.asDouble(0);
      case "LESS_THAN" -> shown -> shown.at(pointer).asDouble(0) < value.asDouble(0);
      case "IN" -> shown -> value.valueStream().anyMatch(one -> same(one, at(shown, pointer)));
      case "NOT_IN" -> shown -> value.valueStream().noneMatch(one -> same(one, at(shown, pointer)));
      default -> throw GraphError.invalidParameter("Invalid filtering operator " + operator);
    };
  }

  private static boolean same(JsonNode value, String text) {
    return value.asString("").equals(text);
  }

  private static String at(ObjectNode shown, String pointer) {
    return shown.at(pointer).asString("");
  }
}
