package io.rebound.catalogfeed.products;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Currency;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Meta takes in the fields of a product. Each says why not, or null. */
final class ProductRules {
  private static final Set<String> AVAILABILITIES =
      Set.of("in stock", "out of stock", "available for order", "preorder", "discontinued");
  private static final Set<String> CONDITIONS = Set.of("new", "refurbished", "used");
  private static final Pattern PRICE = Pattern.compile("\\d{1,12}(\\.\\d{1,4})? ([A-Z]{3})");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,10}");

  private ProductRules() {}

  static @Nullable String text(String value) {
    return value.isBlank() ? "must not be blank" : null;
  }

  static @Nullable String availability(String value) {
    return AVAILABILITIES.contains(value)
        ? null
        : "must be in stock, out of stock, available for order, preorder or discontinued";
  }

  static @Nullable String condition(String value) {
    return CONDITIONS.contains(value) ? null : "must be new, refurbished or used";
  }

  static @Nullable String price(String value) {
    Matcher price = PRICE.matcher(value);
    return price.matches() && isCurrency(price.group(2))
        ? null
        : "must be an amount with a point and an ISO 4217 currency, as in 29.90 EUR";
  }

  private static boolean isCurrency(String code) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(currency -> currency.getCurrencyCode().equals(code));
  }

  static @Nullable String quantity(String value) {
    return WHOLE_NUMBER.matcher(value).matches() ? null : "must be a whole number";
  }

  static @Nullable String address(String value) {
    try {
      var address = new URI(value);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      return web && address.getHost() != null ? null : "must be an absolute http(s) address";
    } catch (URISyntaxException e) {
      return "must be an absolute http(s) address";
    }
  }
}
