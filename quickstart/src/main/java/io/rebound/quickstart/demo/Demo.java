package io.rebound.quickstart.demo;

import io.rebound.quickstart.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replays the CDNOW purchases, lets a few live shoppers fill, abandon and buy carts, and shows what
 * Meta's side now holds.
 *
 * <p>Arguments: {@code --rows N} replays only the first N purchases.
 */
public final class Demo {
  private static final String WRITE_KEY = "demo-write-key";
  private static final int BATCH = 100;
  private static final int IN_FLIGHT = 4;

  private final Ports ports = Ports.standard();
  private final Http http = new Http();
  private final DemoShop shop = new DemoShop(http, ports);

  private Demo() {}

  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    int rows = Integer.MAX_VALUE;
    if (given.contains("--rows")) {
      rows = Integer.parseInt(given.get(given.indexOf("--rows") + 1));
    }
    try {
      new Demo().run(rows);
    } catch (DemoFailed | IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run(int rows) throws DemoFailed, IOException {
    shop.prepare();
    Purchases purchases = Purchases.read(Path.of("samples", "cdnow", "CDNOW_master.txt"), rows);
    System.out.printf(
        "Replaying the purchases of %,d CDNOW customers (1997-1998): history builds profiles and%n"
            + "audiences and is not sent to the Conversions API.%n",
        purchases.customers());
    replay(purchases.messages());
    System.out.println(
        "Three live shoppers: one buys, one abandons the cart, one comes back to it.");
    shop.liveShoppers();
    shop.show(purchases.customers());
  }

  private void replay(List<Map<String, Object>> messages) throws DemoFailed {
    var bar = new ProgressBar(System.out, "Replay", messages.size());
    var done = new AtomicLong();
    var slots = new Semaphore(IN_FLIGHT);
    var sending = new ArrayList<Future<?>>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int from = 0; from < messages.size(); from += BATCH) {
        List<Map<String, Object>> batch =
            messages.subList(from, Math.min(messages.size(), from + BATCH));
        slots.acquireUninterruptibly();
        sending.add(
            senders.submit(() -> {
              try {
                http.post(
                    "http://localhost:" + ports.ingest() + "/v1/batch",
                    WRITE_KEY,
                    Map.of("writeKey", WRITE_KEY, "batch", batch));
                done.addAndGet(batch.size());
                return batch;
              } finally {
                slots.release();
              }
            }));
        bar.at(done.get());
      }
      for (Future<?> sent : sending) {
        sent.get();
        bar.at(done.get());
      }
    } catch (ExecutionException e) {
      throw new DemoFailed(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailed("Interrupted");
    }
  }
}
