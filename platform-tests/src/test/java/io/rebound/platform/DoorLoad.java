package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Customers who each buy something for 1.00 again and again, alone or a batch of them at once, and
 * remember which purchases were answered and how long that took. A purchase is sent once, whatever
 * comes of it.
 */
final class DoorLoad implements AutoCloseable {
  private static final int ALONE = 32;
  private static final int IN_BATCHES = 2;
  private static final int BATCH = 50;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration BATCH_PAUSE = Duration.ofMillis(500);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService customers = Executors.newCachedThreadPool();
  private final AtomicLong number = new AtomicLong();
  private final Queue<String> answered = new ConcurrentLinkedQueue<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final String door;
  private final String authorization;
  private volatile boolean stopped;

  /** When it came, on the monotonic clock, and how long it took. */
  record Answer(long at, Duration took) {}

  private DoorLoad(Installation installation) {
    door = "http://127.0.0.1:" + installation.ports().ingest();
    authorization =
        "Basic "
            + Base64.getEncoder().encodeToString((installation.writeKey() + ":").getBytes(UTF_8));
  }

  static DoorLoad on(Installation installation) {
    var load = new DoorLoad(installation);
    for (int customer = 0; customer < ALONE; customer++) {
      load.customers.execute(() -> load.run("/v1/track", 1, PAUSE));
    }
    for (int customer = 0; customer < IN_BATCHES; customer++) {
      load.customers.execute(() -> load.run("/v1/batch", BATCH, BATCH_PAUSE));
    }
    return load;
  }

  private void run(String path, int events, Duration pause) {
    while (!stopped) {
      List<String> ids =
          IntStream.range(0, events).mapToObj(_ -> "purchase-" + number.incrementAndGet()).toList();
      String body =
          events == 1
              ? purchase(ids.getFirst())
              : ids.stream()
                  .map(DoorLoad::purchase)
                  .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
      send(path, body, ids);
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private static String purchase(String id) {
    return """
    {"type":"track","event":"Order Completed","messageId":"%s","userId":"customer-%d",
     "properties":{"order_id":"%s","total":1.00,"currency":"EUR"},
     "context":{"consent":{"categoryPreferences":{"personalization":true}}}}\
    """
        .formatted(id, Math.floorMod(id.hashCode(), 500), id);
  }

  private void send(String path, String body, List<String> ids) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(door + path))
            .header("Authorization", authorization)
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(body))
            .build();
    long sent = System.nanoTime();
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      long now = System.nanoTime();
      answers.add(new Answer(now, Duration.ofNanos(now - sent)));
      (status == 200 ? answered : refused).addAll(ids);
    } catch (IOException unanswered) {
      refused.addAll(ids);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The ids of the purchases that were answered with 200. */
  Set<String> answered() {
    return new TreeSet<>(answered);
  }

  /** The ids of all others. */
  Set<String> refused() {
    return new TreeSet<>(refused);
  }

  int answeredSoFar() {
    return answered.size();
  }

  /** The time within which that share of the answers came that came between two moments. */
  Duration within(double share, long from, long to) {
    List<Duration> sorted =
        answers.stream()
            .filter(answer -> answer.at() - from >= 0 && answer.at() - to <= 0)
            .map(Answer::took)
            .sorted()
            .toList();
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    customers.shutdown();
    if (!customers.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("A customer waits for an answer for too long");
    }
  }
}
