package io.rebound.sandbox.conversions;

import io.rebound.sandbox.graph.GraphError;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What Meta demands of {@code custom_data}. */
final class CustomDataRules {
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private CustomDataRules() {}

  static void check(String eventName, JsonNode data) {
    JsonNode value = data.path("value");
    boolean hasValue = !value.isMissingNode() && !value.isNull();
    if (eventName.equals("Purchase") && !isNumber(value)) {
      throw GraphError.invalidParameter(
              2804009,
              "Missing Value for Purchase Event",
              "Purchase events need the parameter value in custom_data.")
          .blaming("custom_data", "value");
    }
    if (hasValue) {
      checkValue(value, data.path("currency").asString(""));
    }
    for (JsonNode item : data.path("contents")) {
      if (item.path("id").asString("").isBlank()) {
        throw GraphError.invalidParameter(
                2804008,
                "Missing Content Id",
                "Every entry of contents in custom_data needs the parameter id.")
            .blaming("custom_data", "contents");
      }
    }
  }

  private static void checkValue(JsonNode value, String currency) {
    if (!isNumber(value)) {
      throw GraphError.invalidParameter(
              2804019, "Invalid Value", "The parameter value in custom_data must be a number.")
          .blaming("custom_data", "value");
    }
    if (currency.isBlank()) {
      throw GraphError.invalidParameter(
              2804023,
              "Missing Currency",
              "Events with a value need the parameter currency in custom_data.")
          .blaming("custom_data", "currency");
    }
    if (!CURRENCIES.contains(currency.toUpperCase(Locale.ROOT))) {
      throw GraphError.invalidParameter(
              2804019,
              "Invalid Currency",
              "The parameter currency in custom_data must be an ISO 4217 code.")
          .blaming("custom_data", "currency");
    }
  }

  private static boolean isNumber(JsonNode value) {
    if (value.isNumber()) {
      return true;
    }
    if (!value.isString() || value.asString().isBlank()) {
      return false;
    }
    try {
      return Double.isFinite(Double.parseDouble(value.asString()));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
