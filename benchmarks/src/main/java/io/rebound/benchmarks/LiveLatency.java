package io.rebound.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.quickstart.Ports;
import io.rebound.quickstart.demo.DemoFailed;
import io.rebound.quickstart.demo.Http;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Shoppers fill a cart, and once Meta holds them in the audience of cart abandoners they buy.
 * Measures from the post of the purchase to the event at the Conversions API and to the buyer being
 * out of the audience, as seen by polling the sandbox (so up to {@value #POLL_MILLIS} ms too much).
 */
final class LiveLatency {
  private static final int POLL_MILLIS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WRITE_KEY = "demo-write-key";
  private static final String META_TOKEN = "demo-meta-token";

  private final String door;
  private final String sandbox;
  private final Http http = new Http();
  private final Map<String, Long> boughtAt = new LinkedHashMap<>();
  private final Set<String> inCart = new HashSet<>();
  private final Latencies conversions = new Latencies();
  private final Latencies exits = new Latencies();
  private final Set<String> eventsSeen = new HashSet<>();
  private String eventsAfter = "";

  LiveLatency(Ports ports) {
    this.door = "http://localhost:" + ports.ingest() + "/v1/track";
    this.sandbox = "http://localhost:" + ports.sandbox();
  }

  void run(int samples, int eventsPerSecond) throws DemoFailed {
    System.out.printf("%,d purchases at %d events/s%n", samples, eventsPerSecond);
    long start = System.nanoTime();
    long gap = TimeUnit.SECONDS.toNanos(1) / eventsPerSecond;
    long due = start;
    int carts = 0;
    long deadline = Long.MAX_VALUE;
    while (exits.count() < samples || conversions.count() < samples) {
      if (System.nanoTime() >= due && boughtAt.size() < samples) {
        due += gap;
        String buyer = readyToBuy();
        if (buyer != null) {
          inCart.remove(buyer);
          boughtAt.put(buyer, System.nanoTime());
          post(buyer, "Order Completed");
        } else if (carts < samples) {
          post("live-" + ++carts, "Product Added");
        }
        deadline = System.nanoTime() + PATIENCE.toNanos();
      }
      look();
      if (System.nanoTime() > deadline) {
        throw new DemoFailed(
            "Only %d conversions and %d exits of %d arrived within %d s"
                .formatted(conversions.count(), exits.count(), samples, PATIENCE.toSeconds()));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }
    conversions.print("Purchase at the Conversions API");
    exits.print("Buyer out of the audience");
  }

  private @org.jspecify.annotations.Nullable String readyToBuy() {
    return inCart.stream()
        .filter(shopper -> !boughtAt.containsKey(shopper))
        .findFirst()
        .orElse(null);
  }

  private final Set<String> stillIn = new HashSet<>();
  private final Map<String, String> shopperOfHash = new LinkedHashMap<>();

  private void look() throws DemoFailed {
    long now = System.nanoTime();
    JsonNode events =
        http.get(sandbox + "/_sandbox/events?limit=1000&after=" + eventsAfter, META_TOKEN);
    for (JsonNode event : events.path("data")) {
      String id = event.path("event_id").asString();
      Long posted = boughtAt.get(id.replaceFirst("^order-", ""));
      if (id.startsWith("order-") && posted != null && eventsSeen.add(id)) {
        conversions.add(Math.max(0, TimeUnit.NANOSECONDS.toMillis(now - posted)));
      }
    }
    if (!events.path("next").asString("").isEmpty()) {
      eventsAfter = events.path("next").asString();
    }

    Set<String> members = members();
    for (String shopper : shopperOfHash.values()) {
      if (members.contains(shopper)) {
        if (!boughtAt.containsKey(shopper)) {
          inCart.add(shopper);
        }
        stillIn.add(shopper);
      } else if (boughtAt.containsKey(shopper) && stillIn.remove(shopper)) {
        exits.add(TimeUnit.NANOSECONDS.toMillis(now - boughtAt.get(shopper)));
      }
    }
  }

  private Set<String> members() throws DemoFailed {
    var members = new HashSet<String>();
    for (JsonNode audience : http.get(sandbox + "/_sandbox/audiences", META_TOKEN).path("data")) {
      if (!audience.path("name").asString().contains("cart-abandoners")) {
        continue;
      }
      String url =
          sandbox + "/_sandbox/audiences/" + audience.path("id").asString() + "/members?limit=1000";
      for (JsonNode member : http.get(url, META_TOKEN).path("data")) {
        String text = member.toString();
        shopperOfHash.forEach((hash, shopper) -> {
          if (text.contains(hash)) {
            members.add(shopper);
          }
        });
      }
    }
    return members;
  }

  private void post(String shopper, String event) throws DemoFailed {
    String email = shopper + "@shop.example";
    shopperOfHash.put(sha256(email), shopper);
    boolean order = event.equals("Order Completed");
    http.post(
        door,
        WRITE_KEY,
        Map.of(
            "writeKey",
            WRITE_KEY,
            "type",
            "track",
            "event",
            event,
            "messageId",
            (order ? "order-" : "cart-") + shopper,
            "userId",
            shopper,
            "timestamp",
            Instant.now().toString(),
            "properties",
            order
                ? Map.of("order_id", shopper, "total", 29.90, "currency", "EUR")
                : Map.of("product_id", "shirt-1", "price", 29.90, "currency", "EUR"),
            "context",
            Map.of("traits", Map.of("email", email))));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
