package io.rebound.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Customers who keep sending events, one at a time each, and remember what was answered. */
final class Shoppers implements AutoCloseable {
  private static final int CUSTOMERS = 8;
  private static final AtomicInteger groups = new AtomicInteger();

  private final Queue<String> kept = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> refused = new ConcurrentLinkedQueue<>();
  private final ExecutorService customers = Executors.newFixedThreadPool(CUSTOMERS);
  private final int group = groups.incrementAndGet();
  private volatile boolean stopped;

  private Shoppers() {}

  static Shoppers at(RunningIngest ingest) {
    var shoppers = new Shoppers();
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      String name = shoppers.group + "-" + customer;
      shoppers.customers.execute(() -> shoppers.shop(ingest, name));
    }
    return shoppers;
  }

  private void shop(RunningIngest ingest, String customer) {
    for (int number = 0; !stopped; number++) {
      String id = customer + "-" + number;
      int status = ingest.post("/v1/track", event(id, "customer-" + customer)).status();
      if (status == 200) {
        kept.add(id);
      } else {
        refused.add(status);
      }
    }
  }

  static String event(String id, String customer) {
    return """
    {"messageId": "%s", "event": "Order Completed", "userId": "%s",
     "properties": {"order_id": "%s", "total": 9.9, "currency": "EUR"}}
    """
        .formatted(id, customer, id);
  }

  int keptSoFar() {
    return kept.size();
  }

  /** The ids of the events answered with 200; call after {@link #close}. */
  List<String> kept() {
    return List.copyOf(kept);
  }

  /** The status of each request that wasn't. */
  List<Integer> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    customers.shutdown();
    if (!customers.awaitTermination(30, SECONDS)) {
      throw new IllegalStateException("A customer waits for an answer for too long");
    }
  }
}
