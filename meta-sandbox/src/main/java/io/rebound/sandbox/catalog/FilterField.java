package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.GraphError;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What a product set's filter can ask of an item, by Meta's names. */
record FilterField(Function<Item, List<String>> read) {
  private static final Set<String> SAME_NAME =
      Set.of(
          "availability",
          "brand",
          "condition",
          "product_type",
          "gender",
          "age_group",
          "color",
          "size",
          "material",
          "pattern");
  private static final Map<String, String> OTHER_NAME =
      Map.of(
          "retailer_id", "id",
          "retailer_product_group_id", "item_group_id",
          "name", "title",
          "category", "google_product_category",
          "tags", "internal_label");

  static FilterField of(String name) {
    if (SAME_NAME.contains(name) || name.matches("custom_(label|number)_[0-4]")) {
      return written(name);
    }
    String written = OTHER_NAME.get(name);
    if (written != null) {
      return written(written);
    }
    return switch (name) {
      case "product_item_id" -> new FilterField(item -> List.of(item.id()));
      case "visibility" ->
          new FilterField(item -> List.of(item.product().path("visibility").asString("")));
      case "price_amount" -> new FilterField(item -> minorUnits(item, "price"));
      case "sale_price_amount" -> new FilterField(item -> minorUnits(item, "sale_price"));
      default -> throw GraphError.invalidParameter("Param filter has an unknown field: " + name);
    };
  }

  /** The item's values; several for a list, none for a field it hasn't. */
  List<String> values(Item item) {
    return read.apply(item);
  }

  private static FilterField written(String name) {
    return new FilterField(item -> {
      JsonNode value = item.data().path(name);
      return value.isArray()
          ? value.valueStream().map(one -> one.asString("")).toList()
          : List.of(value.asString(""));
    });
  }

  private static List<String> minorUnits(Item item, String name) {
    String price = item.data().path(name).asString("");
    int blank = price.indexOf(' ');
    if (blank < 0) {
      return List.of();
    }
    int digits =
        Math.max(0, Currency.getInstance(price.substring(blank + 1)).getDefaultFractionDigits());
    BigDecimal amount = new BigDecimal(price.substring(0, blank)).movePointRight(digits);
    return List.of(amount.toPlainString());
  }
}
