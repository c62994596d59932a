package io.rebound.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A shop at a steady rate: batches of {@value #BATCH} events to {@code /v1/batch}, each about 700
 * bytes of a customer among many who looks at products, fills carts and buys. It never waits for an
 * answer before the next batch is due, up to a bound of open requests.
 */
final class Load implements AutoCloseable {
  static final int BATCH = 100;
  private static final int CUSTOMERS = 20_000;
  private static final int OPEN_REQUESTS = 16;
  private static final String[] EVENTS = {
    "Product Viewed", "Product Viewed", "Product Viewed", "Product Added", "Order Completed"
  };

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(
              Executors.newFixedThreadPool(
                  2, Thread.ofPlatform().daemon().name("load-", 0).factory()))
          .build();
  private final URI door;
  private final SplittableRandom random = new SplittableRandom(7);
  private final Semaphore open = new Semaphore(OPEN_REQUESTS);
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private long made;

  Load(int ingestPort) {
    this.door = URI.create("http://localhost:" + ingestPort + "/v1/batch");
  }

  /** Posts that many events a second for that long. */
  void run(int eventsPerSecond, Duration time) {
    long start = System.nanoTime();
    long batches = time.toSeconds() * eventsPerSecond / BATCH;
    for (long number = 0; number < batches; number++) {
      long due = start + number * BATCH * 1_000_000_000L / eventsPerSecond;
      long early = due - System.nanoTime();
      if (early > 0) {
        LockSupport.parkNanos(early);
      }
      open.acquireUninterruptibly();
      post(body());
    }
    open.acquireUninterruptibly(OPEN_REQUESTS);
    open.release(OPEN_REQUESTS);
  }

  /** Events the door has answered for. */
  long answered() {
    return answered.get();
  }

  long refused() {
    return refused.get();
  }

  private void post(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(door)
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString("demo-write-key:".getBytes(UTF_8)))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    client
        .sendAsync(request, BodyHandlers.ofString())
        .whenComplete((answer, failure) -> {
          open.release();
          if (failure == null && answer.statusCode() == 200) {
            answered.addAndGet(BATCH);
          } else {
            refused.addAndGet(BATCH);
          }
        });
  }

  private String body() {
    var batch = new StringBuilder(800 * BATCH).append("{\"batch\":[");
    String now = Instant.now().toString();
    for (int i = 0; i < BATCH; i++) {
      batch.append(i == 0 ? "" : ",").append(event(now));
    }
    return batch.append("],\"sentAt\":\"").append(now).append("\"}").toString();
  }

  private String event(String now) {
    int customer = random.nextInt(CUSTOMERS);
    String name = EVENTS[random.nextInt(EVENTS.length)];
    int product = random.nextInt(1_000);
    long id = ++made;
    String products =
        name.equals("Order Completed")
            ? "\"order_id\":\"bench-%d\",\"total\":%d.90,\"products\":[{\"product_id\":\"sku-%d\",\"quantity\":1,\"price\":%d.90}]"
                .formatted(id, product % 90 + 5, product, product % 90 + 5)
            : "\"product_id\":\"sku-%d\",\"name\":\"Product number %d\",\"price\":%d.90,\"quantity\":1"
                .formatted(product, product, product % 90 + 5);
    return """
    {"type":"track","event":"%s","messageId":"bench-%s-%d","userId":"customer-%d","anonymousId":"browser-%d",\
    "timestamp":"%s","properties":{"currency":"EUR",%s},"context":{"ip":"203.0.113.%d",\
    "userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",\
    "locale":"de-DE","page":{"url":"https://shop.example/p/sku-%d?fbclid=IwAR%d","path":"/p/sku-%d"},\
    "traits":{"email":"customer%d@shop.example","phone":"+4915%09d","firstName":"Ada","lastName":"Lovelace"}}}\
    """
        .formatted(
            name,
            RUN,
            id,
            customer,
            customer,
            now,
            products,
            customer % 250 + 1,
            product,
            id,
            product,
            customer,
            customer);
  }

  /** Distinguishes the events of this run from those of an earlier one on the same data. */
  private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

  @Override
  public void close() {
    client.close();
  }
}
