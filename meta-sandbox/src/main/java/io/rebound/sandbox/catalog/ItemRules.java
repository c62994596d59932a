package io.rebound.sandbox.catalog;

import java.net.URI;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an item's fields must look like. */
final class ItemRules {
  private static final List<String> REQUIRED =
      List.of("title", "description", "availability", "condition", "price", "link", "brand");
  private static final Set<String> OPTIONAL =
      Set.of(
          "id",
          "image_link",
          "image",
          "additional_image_link",
          "sale_price",
          "sale_price_effective_date",
          "quantity_to_sell_on_facebook",
          "inventory",
          "item_group_id",
          "google_product_category",
          "fb_product_category",
          "product_type",
          "status",
          "gtin",
          "mpn",
          "color",
          "size",
          "gender",
          "age_group",
          "material",
          "pattern",
          "internal_label",
          "custom_label_0",
          "custom_label_1",
          "custom_label_2",
          "custom_label_3",
          "custom_label_4",
          "shipping",
          "shipping_weight",
          "tax",
          "short_description",
          "rich_text_description",
          "unit_price",
          "base_price",
          "video",
          "applink",
          "expiration_date");
  private static final Map<String, Integer> LENGTHS =
      Map.of("title", 100, "description", 5_000, "brand", 100);
  private static final Map<String, Integer> LENGTHS_IN_FEED =
      Map.of("title", 200, "description", 9_999, "brand", 100);
  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "availability",
          Set.of(
              "in stock",
              "out of stock",
              "available for order",
              "discontinued",
              "preorder",
              "pending",
              "mark_as_sold"),
          "condition",
          Set.of(
              "new",
              "refurbished",
              "used",
              "cpo",
              "open_box_new",
              "used_like_new",
              "used_good",
              "used_fair"),
          "status",
          Set.of("active", "archived"));
  private static final Pattern PRICE = Pattern.compile("\\d{1,12}(\\.\\d{1,4})? [A-Z]{3}");
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private ItemRules() {}

  /** Something wrong with a field. */
  record Flaw(String field, boolean missing, String message) {
    /** Whether the item can't do without the field. */
    boolean fatal() {
      return REQUIRED.contains(field) || field.equals("image_link") || field.equals("id");
    }

    /** Meta's kind of error. */
    String type() {
      return (missing ? "EMPTY_" : "INVALID_") + field.toUpperCase(Locale.ROOT);
    }
  }

  /** What is wrong with an item of a batch, in words; nothing if it is good. */
  static List<String> errors(ObjectNode item) {
    return flaws(item, LENGTHS).stream().map(Flaw::message).toList();
  }

  /** What is wrong with an item of a feed, where texts may be longer. */
  static List<Flaw> flawsInFeed(ObjectNode item) {
    return flaws(item, LENGTHS_IN_FEED);
  }

  static boolean knows(String field) {
    return REQUIRED.contains(field) || OPTIONAL.contains(field);
  }

  private static List<Flaw> flaws(ObjectNode item, Map<String, Integer> lengths) {
    List<Flaw> errors = new ArrayList<>();
    for (String field : REQUIRED) {
      if (item.path(field).asString("").isBlank()) {
        errors.add(new Flaw(field, true, "A required field is missing: " + field));
      }
    }
    if (item.path("image_link").asString("").isBlank() && item.path("image").isEmpty()) {
      errors.add(new Flaw("image_link", true, "A required field is missing: image_link"));
    }
    lengths.forEach((field, most) -> {
      if (item.path(field).asString("").length() > most) {
        errors.add(wrong(field, "is longer than " + most + " characters"));
      }
    });
    VALUES.forEach((field, allowed) -> {
      String value = item.path(field).asString("");
      if (!value.isEmpty() && !allowed.contains(value)) {
        errors.add(wrong(field, "has an unknown value"));
      }
    });
    for (String field : List.of("price", "sale_price")) {
      String value = item.path(field).asString("");
      if (!value.isEmpty() && !isPrice(value)) {
        errors.add(wrong(field, "must look like 29.90 EUR"));
      }
    }
    for (String field : List.of("link", "image_link")) {
      String value = item.path(field).asString("");
      if (!value.isEmpty() && !isAddress(value)) {
        errors.add(wrong(field, "must be an absolute http or https URL"));
      }
    }
    return errors;
  }

  private static Flaw wrong(String field, String what) {
    return new Flaw(field, false, "Field " + field + " " + what);
  }

  /** What Meta warns about, though it takes the item. */
  static List<String> warnings(JsonNode given) {
    return given.propertyNames().stream()
        .filter(field -> !knows(field))
        .map(field -> "Unrecognised field: the item contains unrecognised field: '" + field + "'")
        .toList();
  }

  private static boolean isPrice(String value) {
    return PRICE.matcher(value).matches()
        && CURRENCIES.contains(value.substring(value.indexOf(' ') + 1));
  }

  private static boolean isAddress(String value) {
    try {
      URI address = URI.create(value);
      return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
