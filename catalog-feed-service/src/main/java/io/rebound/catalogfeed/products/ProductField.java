package io.rebound.catalogfeed.products;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The product fields of Meta's catalogue that we take, in the order of the feed's columns.
 *
 * @see <a href="https://developers.facebook.com/docs/marketing-api/catalog/reference">Catalog
 *     reference</a>
 */
public enum ProductField {
  TITLE(200, true, ProductRules::text),
  DESCRIPTION(9999, true, ProductRules::text),
  AVAILABILITY(30, true, ProductRules::availability),
  CONDITION(30, true, ProductRules::condition),
  PRICE(30, true, ProductRules::price),
  LINK(2000, true, ProductRules::address),
  IMAGE_LINK(2000, true, ProductRules::address),
  BRAND(100, true, ProductRules::text),
  ITEM_GROUP_ID(100, false, ProductRules::text),
  SALE_PRICE(30, false, ProductRules::price),
  SALE_PRICE_EFFECTIVE_DATE(100, false, ProductRules::text),
  ADDITIONAL_IMAGE_LINK(20_000, false, ProductRules::text),
  GOOGLE_PRODUCT_CATEGORY(250, false, ProductRules::text),
  FB_PRODUCT_CATEGORY(250, false, ProductRules::text),
  PRODUCT_TYPE(750, false, ProductRules::text),
  QUANTITY_TO_SELL_ON_FACEBOOK(10, false, ProductRules::quantity),
  GTIN(70, false, ProductRules::text),
  MPN(100, false, ProductRules::text),
  COLOR(200, false, ProductRules::text),
  SIZE(200, false, ProductRules::text),
  GENDER(20, false, ProductRules::text),
  AGE_GROUP(20, false, ProductRules::text),
  MATERIAL(200, false, ProductRules::text),
  PATTERN(100, false, ProductRules::text),
  CUSTOM_LABEL_0(100, false, ProductRules::text),
  CUSTOM_LABEL_1(100, false, ProductRules::text),
  CUSTOM_LABEL_2(100, false, ProductRules::text),
  CUSTOM_LABEL_3(100, false, ProductRules::text),
  CUSTOM_LABEL_4(100, false, ProductRules::text);

  /** Whether a value can stand in a field: the reason why not, or null. */
  @FunctionalInterface
  interface Rule {
    @org.jspecify.annotations.Nullable
    String complaint(String value);
  }

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final int longest;
  private final boolean required;
  private final Rule rule;

  ProductField(int longest, boolean required, Rule rule) {
    this.longest = longest;
    this.required = required;
    this.rule = rule;
  }

  public String wireName() {
    return wireName;
  }

  public boolean required() {
    return required;
  }

  static Optional<ProductField> of(String wireName) {
    return Arrays.stream(values()).filter(field -> field.wireName.equals(wireName)).findFirst();
  }

  /** Why the value can't stand here; empty if it can. */
  Optional<String> complaint(String value) {
    return value.codePointCount(0, value.length()) > longest
        ? Optional.of("must have at most " + longest + " characters")
        : Optional.ofNullable(rule.complaint(value));
  }
}
