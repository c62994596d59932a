package io.rebound.ingest.tracking;

import static io.rebound.ingest.tracking.EventNames.PURCHASE;

import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.sources.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an event is worth.
 *
 * <p>The value of a purchase is what was paid: {@code total} (with tax and shipping), else {@code
 * revenue}, else {@code value}, else the sum of the products' prices. Of anything else it is {@code
 * value}, else {@code total}, else {@code revenue}, else the sum. Segment's documentation lets a
 * missing currency be US dollars; we don't guess with money: it is the source's, or a purchase is
 * refused and any other event goes on without its value, because Meta refuses one without currency.
 *
 * <p>What is given back is negative, whatever sign it was sent with: {@code total}, else {@code
 * value}, else {@code revenue}, else the sum of the products that came back. A refund that names
 * neither an amount nor products is of the whole order and has no value. A cancellation is of the
 * whole order whatever its value.
 *
 * @param currency three capital letters; null with a null value
 */
record Money(@Nullable BigDecimal value, @Nullable String currency) {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final List<String> CURRENCY_NAMES = List.of("currency");
  private static final List<String> PAID = List.of("total", "revenue", "value");
  private static final List<String> WORTH = List.of("value", "total", "revenue");
  private static final List<String> GIVEN_BACK = List.of("total", "value", "revenue");

  static Money of(String name, Fields properties, Source source, Contents contents) {
    boolean refund = name.equals(EventNames.REFUNDED);
    boolean exact = refund || name.equals(PURCHASE);
    List<String> usual = EventNames.takesBack(name) ? GIVEN_BACK : exact ? PAID : WORTH;
    BigDecimal value = value(properties, source, usual, exact);
    if (value == null) {
      value = contents.sum();
    }
    String currency = currency(properties, source, exact);
    if (refund && value == null && contents.isEmpty()) {
      return new Money(null, null);
    }
    if (exact) {
      require(name, value, currency);
    }
    if (currency == null) {
      return new Money(null, null);
    }
    return new Money(
        value != null && EventNames.takesBack(name) ? value.abs().negate() : value, currency);
  }

  void putInto(Map<String, Object> data) {
    if (value != null) {
      data.put("value", value);
    }
    if (currency != null) {
      data.put("currency", currency);
    }
  }

  private static void require(String name, @Nullable BigDecimal value, @Nullable String currency) {
    if (value == null) {
      throw new InvalidEvent(
          "properties.total", "or revenue, value or a price in every product must be given");
    }
    if (name.equals(PURCHASE) && value.signum() < 0) {
      throw new InvalidEvent(
          "properties.total", "must not be negative; what is given back is an Order Refunded");
    }
    if (currency == null) {
      throw new InvalidEvent("properties.currency", "must be given, as three letters");
    }
  }

  private static @Nullable BigDecimal value(
      Fields properties, Source source, List<String> usual, boolean exact) {
    for (String place : source.commerce().propertiesOf("value", usual)) {
      if (properties.has(place)) {
        BigDecimal value = properties.decimal(place);
        if (value == null && exact) {
          throw new InvalidEvent("properties." + place, "must be an amount");
        }
        return value;
      }
    }
    return null;
  }

  private static @Nullable String currency(Fields properties, Source source, boolean exact) {
    List<String> places = source.commerce().propertiesOf("currency", CURRENCY_NAMES);
    String stated = properties.text(places);
    if (stated == null) {
      return source.currency();
    }
    String code = stated.toUpperCase(Locale.ROOT);
    if (CURRENCY.matcher(code).matches()) {
      return code;
    }
    if (exact) {
      throw new InvalidEvent("properties.currency", "must be three letters (ISO 4217)");
    }
    return null;
  }
}
