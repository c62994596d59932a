package io.rebound.ingest.publishing;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * A request whose events were handed to Kafka. Whichever has all of them first makes it durable:
 * Kafka, or the spool, which is asked once Kafka has failed or let it wait too long. It isn't
 * durable when the spool has refused and Kafka has failed; a Kafka that is only slow may still
 * answer for it.
 */
final class HandedOver {
  private final long at = System.nanoTime();
  private final CompletableFuture<Boolean> durable = new CompletableFuture<>();
  private final AtomicInteger open;
  private final AtomicBoolean rescued = new AtomicBoolean();
  private final AtomicBoolean finished = new AtomicBoolean();
  private final Availability kafka;
  private final Timer waiting;
  private volatile @Nullable Supplier<CompletableFuture<Boolean>> spool;
  private volatile boolean kafkaFailed;
  private volatile boolean spoolRefused;

  /**
   * @param events how many will be sent
   * @param spool keeps all of them; asked at most once
   * @param waiting is told how long it took until they were durable, or known not to be
   */
  HandedOver(
      int events, Availability kafka, Supplier<CompletableFuture<Boolean>> spool, Timer waiting) {
    this.open = new AtomicInteger(events);
    this.kafka = kafka;
    this.spool = spool;
    this.waiting = waiting;
  }

  CompletableFuture<Boolean> durable() {
    return durable;
  }

  boolean isDone() {
    return durable.isDone();
  }

  /** How long it has waited, in nanoseconds. */
  long waited(long now) {
    return now - at;
  }

  void send(Producer<String, byte[]> producer, ProducerRecord<String, byte[]> event) {
    try {
      producer.send(event, (_, failure) -> answered(failure));
    } catch (RuntimeException failure) { // one that was closed, or is beyond repair
      answered(failure);
    }
  }

  private void answered(@Nullable Exception failure) {
    if (failure instanceof RecordTooLargeException) {
      kafkaFailed = true;
      spoolRefused = true; // there it would be in the way of all others
    } else if (failure != null) {
      kafkaFailed = true;
      rescue(failure.getClass().getSimpleName());
    }
    if (open.decrementAndGet() > 0) {
      return;
    }
    if (!kafkaFailed) {
      kafka.acknowledged(at, System.nanoTime());
      finish(true);
    } else if (spoolRefused) {
      finish(false);
    }
  }

  /** Kafka let it wait too long. */
  void overdue() {
    rescue("no acknowledgement in time");
  }

  private void rescue(String failure) {
    Supplier<CompletableFuture<Boolean>> keep = spool;
    if (keep == null || !rescued.compareAndSet(false, true)) {
      return;
    }
    kafka.failed(at, System.nanoTime(), failure);
    keep.get()
        .thenAccept(kept -> {
          if (kept) {
            finish(true);
            return;
          }
          spoolRefused = true;
          if (open.get() == 0 && kafkaFailed) {
            finish(false);
          }
        });
  }

  private void finish(boolean kept) {
    if (finished.compareAndSet(false, true)) {
      spool = null; // it holds the events, and may be looked at for a while yet
      waiting.record(waited(System.nanoTime()), TimeUnit.NANOSECONDS);
      durable.complete(kept);
    }
  }
}
