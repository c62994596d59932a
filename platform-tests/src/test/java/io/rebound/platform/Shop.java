package io.rebound.platform;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a shop's customers did, always the same for the same seed and moment: accounts with history,
 * browsers that sign in late, accounts that turn out to be one person, carts that are left or
 * bought.
 */
final class Shop {
  private static final Instant HISTORY = Instant.parse("2025-01-01T00:00:00Z");

  private final SplittableRandom random;
  private final Instant now;
  private final List<Map<String, Object>> messages = new ArrayList<>();
  private int number;

  private Shop(long seed, Instant now) {
    this.random = new SplittableRandom(seed);
    this.now = now;
  }

  /** At least that many Segment messages, in the order of their time within each customer. */
  static List<Map<String, Object>> messages(int atLeast, Instant now) {
    var shop = new Shop(20251124, now);
    for (int customer = 0; shop.messages.size() < atLeast; customer++) {
      shop.customer(customer);
    }
    return shop.messages;
  }

  private void customer(int customer) {
    String user = "user-" + customer;
    // every tenth account has the e-mail of the account before it: they are one person
    int mailbox = customer % 10 == 9 ? customer - 1 : customer;
    Map<String, Object> traits =
        Map.of("email", "customer" + mailbox + "@shop.example", "firstName", "Ada");
    add("identify", null, user, null, HISTORY.plus(Duration.ofHours(customer)), Map.of(), traits);
    int orders = random.nextInt(4);
    for (int order = 0; order < orders; order++) {
      Instant at = HISTORY.plus(Duration.ofHours(random.nextInt(24 * 300)));
      add("track", "Order Completed", user, null, at, order(), traits);
    }
    String browser = "browser-" + customer;
    Instant cart = now.minus(Duration.ofMinutes(60 + random.nextInt(60)));
    add("track", "Product Viewed", null, browser, cart.minusSeconds(30), product(), Map.of());
    add("track", "Product Added", null, browser, cart, product(), Map.of());
    if (random.nextInt(10) < 7) {
      add("identify", null, user, browser, cart.plusSeconds(60), Map.of(), traits);
      if (random.nextInt(2) == 0) {
        add("track", "Order Completed", user, browser, cart.plusSeconds(120), order(), traits);
      }
    }
  }

  private Map<String, Object> order() {
    return Map.of(
        "order_id",
        "order-" + number,
        "total",
        new BigDecimal(500 + random.nextInt(20_000)).movePointLeft(2),
        "currency",
        "EUR");
  }

  private static Map<String, Object> product() {
    return Map.of("product_id", "sku-1", "price", new BigDecimal("9.90"), "currency", "EUR");
  }

  private void add(
      String type,
      String event,
      String userId,
      String anonymousId,
      Instant at,
      Map<String, Object> properties,
      Map<String, Object> traits) {
    var message = new HashMap<String, Object>();
    message.put("type", type);
    message.put("messageId", "m-" + ++number);
    message.put("timestamp", at.toString());
    if (event != null) {
      message.put("event", event);
      message.put("properties", properties);
    }
    if (userId != null) {
      message.put("userId", userId);
    }
    if (anonymousId != null) {
      message.put("anonymousId", anonymousId);
    }
    Map<String, Object> consent =
        Map.of(
            "categoryPreferences",
            Map.of("advertising", true, "personalization", true, "messaging", true));
    var context =
        new HashMap<String, Object>(
            Map.of("consent", consent, "userAgent", "Mozilla/5.0", "ip", "203.0.113.7"));
    if (type.equals("identify")) {
      message.put("traits", traits);
    } else if (!traits.isEmpty()) {
      context.put("traits", traits);
    }
    message.put("context", context);
    messages.add(message);
  }
}
