package io.rebound.ingest.publishing;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that wait for Kafka, oldest first. All have the same patience, so looking at the
 * oldest now and then is enough: a request that is acknowledged in time costs a place in a queue,
 * and no timer.
 */
final class Unacknowledged implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Unacknowledged.class);
  private static final int LOOKS = 10; // within a request's patience

  private final Queue<HandedOver> requests = new ConcurrentLinkedQueue<>();
  private final long patience;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ingest-unacknowledged").factory());

  Unacknowledged(Duration patience) {
    this.patience = patience.toNanos();
  }

  Unacknowledged start() {
    long pause = patience / LOOKS;
    looks.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.NANOSECONDS);
    return this;
  }

  /** Who comes forgets up to two that are done: what is kept long the collector has to move. */
  void add(HandedOver request) {
    requests.add(request);
    for (int done = 0; done < 2; done++) {
      HandedOver oldest = requests.peek();
      if (oldest == null || !oldest.isDone()) {
        return;
      }
      requests.remove(oldest); // another thread may have been here first
    }
  }

  private void look() {
    try {
      letGo(System.nanoTime());
    } catch (RuntimeException defect) { // the next look must come
      log.atError()
          .addKeyValue("defect", defect.getClass().getName())
          .log("A request that waits too long for Kafka can't be spooled");
    }
  }

  /** Forgets those that are done, and tells those that have waited too long. */
  void letGo(long now) {
    HandedOver oldest = requests.peek();
    while (oldest != null && (oldest.isDone() || oldest.waited(now) >= patience)) {
      requests.poll();
      if (!oldest.isDone()) {
        oldest.overdue();
      }
      oldest = requests.peek();
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
