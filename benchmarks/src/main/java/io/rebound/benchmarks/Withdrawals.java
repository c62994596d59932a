package io.rebound.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.quickstart.Ports;
import io.rebound.quickstart.demo.DemoFailed;
import io.rebound.quickstart.demo.Http;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Shoppers fill a cart, and once Meta holds them in the audience of cart abandoners they withdraw
 * their consent: by turns with an event and through an operator ({@code PUT /v1/consents}).
 * Measures from the request to the member being out of the audience, as seen by polling the sandbox
 * (so up to {@value #POLL_MILLIS} ms too much).
 */
final class Withdrawals {
  private static final int POLL_MILLIS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WRITE_KEY = "demo-write-key";
  private static final String ADMIN_KEY = "demo-admin-key";
  private static final String META_TOKEN = "demo-meta-token";

  private final String tracking;
  private final String consents;
  private final String sandbox;
  private final Http http = new Http();
  private final Map<String, String> shopperOfHash = new LinkedHashMap<>();
  private final Map<String, Long> withdrawnAt = new LinkedHashMap<>();
  private final Set<String> out = new HashSet<>();
  private final Latencies byEvent = new Latencies();
  private final Latencies byOperator = new Latencies();

  Withdrawals(Ports ports) {
    this.tracking = "http://localhost:" + ports.ingest() + "/v1/track";
    this.consents = "http://localhost:" + ports.identity() + "/v1/consents";
    this.sandbox = "http://localhost:" + ports.sandbox();
  }

  void run(int samples, int eventsPerSecond) throws DemoFailed {
    System.out.printf("%,d withdrawals at %d a second%n", samples, eventsPerSecond);
    for (int number = 1; number <= samples; number++) {
      fillCart("withdraws-" + number);
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (members().size() < samples) {
      waitBefore(end, "Not all shoppers came into the audience");
    }
    long gap = TimeUnit.SECONDS.toNanos(1) / eventsPerSecond;
    long due = System.nanoTime();
    for (String shopper : shopperOfHash.values()) {
      while (System.nanoTime() < due) {
        look();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
      }
      due += gap;
      withdrawnAt.put(shopper, System.nanoTime());
      withdraw(shopper);
    }
    end = System.nanoTime() + PATIENCE.toNanos();
    while (out.size() < samples) {
      look();
      waitBefore(end, "Only " + out.size() + " left the audience");
    }
    byEvent.print("Out of the audience, by event");
    byOperator.print("Out of the audience, by operator");
  }

  private static void waitBefore(long end, String otherwise) throws DemoFailed {
    if (System.nanoTime() > end) {
      throw new DemoFailed(otherwise + " within " + PATIENCE.toSeconds() + " s");
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
  }

  private void look() throws DemoFailed {
    Set<String> members = members();
    long now = System.nanoTime();
    withdrawnAt.forEach((shopper, since) -> {
      if (!members.contains(shopper) && out.add(shopper)) {
        (throughOperator(shopper) ? byOperator : byEvent)
            .add(TimeUnit.NANOSECONDS.toMillis(now - since));
      }
    });
  }

  private static boolean throughOperator(String shopper) {
    return Integer.parseInt(shopper.substring(shopper.lastIndexOf('-') + 1)) % 2 == 0;
  }

  private Set<String> members() throws DemoFailed {
    var members = new HashSet<String>();
    for (JsonNode audience : http.get(sandbox + "/_sandbox/audiences", META_TOKEN).path("data")) {
      if (audience.path("name").asString().contains("cart-abandoners")) {
        String url = sandbox + "/_sandbox/audiences/" + audience.path("id").asString() + "/members";
        String text = http.get(url + "?limit=1000", META_TOKEN).path("data").toString();
        shopperOfHash.forEach((hash, shopper) -> {
          if (text.contains(hash)) {
            members.add(shopper);
          }
        });
      }
    }
    return members;
  }

  private void fillCart(String shopper) throws DemoFailed {
    shopperOfHash.put(sha256(email(shopper)), shopper);
    track(
        shopper,
        "Product Added",
        Map.of("product_id", "shirt-1", "price", 29.90, "currency", "EUR"),
        Map.of());
  }

  private void withdraw(String shopper) throws DemoFailed {
    if (throughOperator(shopper)) {
      http.put(
          consents,
          ADMIN_KEY,
          Map.of(
              "identifier",
              Map.of("type", "email", "value", email(shopper)),
              "consents",
              Map.of("ads", false)));
    } else {
      track(
          shopper,
          "Segment Consent Preference Updated",
          Map.of(),
          Map.of("consent", Map.of("categoryPreferences", Map.of("Advertising", false))));
    }
  }

  private void track(
      String shopper, String event, Map<String, Object> properties, Map<String, Object> more)
      throws DemoFailed {
    var context = new LinkedHashMap<>(more);
    context.put("traits", Map.of("email", email(shopper)));
    http.post(
        tracking,
        WRITE_KEY,
        Map.of("event", event, "userId", shopper, "properties", properties, "context", context));
  }

  private static String email(String shopper) {
    return shopper + "@shop.example";
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
