package io.rebound.benchmarks.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** Requests as a shop's backend sends them, made before anything is measured. */
final class Requests {
  static final String WRITE_KEY = "benchmark-write-key";
  private static final int DIFFERENT = 2_000;
  private static final String[] EVENTS = {"Product Viewed", "Product Added", "Order Completed"};

  private final SplittableRandom random = new SplittableRandom(7);

  /** One event each. */
  List<byte[]> single() {
    var requests = new ArrayList<byte[]>();
    for (int number = 0; number < DIFFERENT; number++) {
      requests.add(post("/v1/track", event(number)));
    }
    return requests;
  }

  /** That many events each. */
  List<byte[]> batches(int size) {
    var requests = new ArrayList<byte[]>();
    for (int number = 0; number < 20; number++) {
      var body = new StringBuilder("{\"batch\":[");
      for (int i = 0; i < size; i++) {
        body.append(i == 0 ? "" : ",").append(event(number * size + i));
      }
      requests.add(post("/v1/batch", body.append("]}").toString()));
    }
    return requests;
  }

  /** A question that the server answers without looking at anything. */
  List<byte[]> empty() {
    String request =
        "OPTIONS /v1/track HTTP/1.1\r\nHost: localhost\r\nOrigin: https://shop.example\r\n\r\n";
    return List.of(request.getBytes(UTF_8));
  }

  private static byte[] post(String path, String body) {
    String key = Base64.getEncoder().encodeToString((WRITE_KEY + ":").getBytes(UTF_8));
    String head =
        """
        POST %s HTTP/1.1\r
        Host: localhost\r
        User-Agent: analytics-java/3.5.0\r
        Authorization: Basic %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """;
    return (head.formatted(path, key, body.getBytes(UTF_8).length) + body).getBytes(UTF_8);
  }

  /** About 700 bytes. */
  private String event(int number) {
    int customer = random.nextInt(20_000);
    int product = random.nextInt(1_000);
    String now = Instant.now().toString();
    return """
    {"type":"track","event":"%s","messageId":"bench-%d","userId":"customer-%d","anonymousId":"browser-%d",\
    "timestamp":"%s","properties":{"order_id":"order-%d","product_id":"sku-%d","name":"Product number %d","price":%d.90,\
    "value":%d.90,"currency":"EUR","quantity":1},"context":{"ip":"203.0.113.%d",\
    "userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",\
    "page":{"url":"https://shop.example/p/sku-%d?fbclid=IwAR%d"},\
    "traits":{"email":"customer%d@shop.example","firstName":"Ada","lastName":"Lovelace"}}}\
    """
        .formatted(
            EVENTS[number % EVENTS.length],
            number,
            customer,
            customer,
            now,
            number,
            product,
            product,
            product % 90 + 5,
            product % 90 + 5,
            customer % 250 + 1,
            product,
            number,
            customer);
  }
}
