package io.rebound.segmentation.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.EventJson;
import io.rebound.events.TrackedEvent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is kept of an event's custom data. */
final class EventValues {
  private static final Set<String> COLUMNS = Set.of("value", "currency", "order_id");
  private static final int MOST_DIGITS = 30;
  private static final int LONGEST_ORDER = 200;

  private EventValues() {}

  /** The order an event is about; one without an order's number is an order of its own. */
  static String order(TrackedEvent event) {
    String order = text(event, "order_id");
    if (order == null || order.isBlank()) {
      return event.key().toString();
    }
    return order.length() <= LONGEST_ORDER
        ? order
        : UUID.nameUUIDFromBytes(order.getBytes(UTF_8)).toString(); // fits into the index
  }

  /** A property as it came. */
  static @Nullable String text(TrackedEvent event, String property) {
    Object value = event.customData().get(property);
    return value == null ? null : value.toString();
  }

  /** A property that is a number; null for what is none, or none that can be reckoned with. */
  static @Nullable BigDecimal number(TrackedEvent event, String property) {
    String value = text(event, property);
    if (value == null || value.length() > 2 * MOST_DIGITS) {
      return null;
    }
    try {
      var number = new BigDecimal(value);
      boolean sane = number.precision() <= MOST_DIGITS && Math.abs(number.scale()) <= MOST_DIGITS;
      return sane ? number : null; // 1e999999999 is a number, too
    } catch (NumberFormatException e) {
      return null; // some source's own meaning of the word: worth nothing
    }
  }

  /** What has no column of its own, as JSON; null if there is nothing. */
  static @Nullable String properties(TrackedEvent event) {
    var others = new LinkedHashMap<>(event.customData());
    others.keySet().removeAll(COLUMNS);
    return others.isEmpty() ? null : EventJson.MAPPER.writeValueAsString(others);
  }
}
