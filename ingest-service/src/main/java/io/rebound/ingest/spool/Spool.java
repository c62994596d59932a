package io.rebound.ingest.spool;

import io.rebound.consumption.PackedMessages;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Where events wait on disk while Kafka is away, shared by all instances on one database. What is
 * in it stays until whoever drains it says that Kafka has it.
 */
public final class Spool {
  private static final Duration MEASURE = Duration.ofSeconds(5);

  private final UUID instance = UUID.randomUUID();
  private final SpooledEvents table;
  private final SpoolWriter writer;
  private final SpoolSize size;
  private final SpoolDatabase database;
  private final SpoolProperties properties;
  private volatile long measureAt = System.nanoTime();

  Spool(
      SpooledEvents table,
      SpoolWriter writer,
      SpoolSize size,
      SpoolDatabase database,
      SpoolProperties properties) {
    this.table = table;
    this.writer = writer;
    this.size = size;
    this.database = database;
    this.properties = properties;
  }

  /**
   * True when a request's messages are on disk. False when the database is away, the spool full or
   * too much waits to be written; then they may still get there. Doesn't block.
   */
  public CompletableFuture<Boolean> keep(List<ProducerRecord<String, byte[]>> messages) {
    if (!takes()) {
      return CompletableFuture.completedFuture(false);
    }
    byte[] packed;
    try {
      packed = PackedMessages.packRecords(messages);
    } catch (IllegalArgumentException tooLarge) { // for Kafka: it would be in the way of all others
      return CompletableFuture.completedFuture(false);
    }
    if (!size.fits(packed.length)) {
      return CompletableFuture.completedFuture(false);
    }
    var request = new Waiting(messages.size(), packed, new CompletableFuture<>());
    return writer.offer(request)
        ? request
            .kept()
            .completeOnTimeout(false, properties.patience().toMillis(), TimeUnit.MILLISECONDS)
        : CompletableFuture.completedFuture(false);
  }

  /** Whether it would take a request, as far as is known. */
  public boolean takes() {
    return database.mayBeTried() && size.fits(0);
  }

  /** Whether it took or could have taken the last request. */
  public boolean isUsable() {
    return database.answers() && !size.isFull();
  }

  public boolean isEmpty() {
    return asked(table::isEmpty);
  }

  /** The oldest requests in their order, about as much as is to be drained at once. */
  public List<SpooledRequest> oldest() {
    return asked(() -> table.oldest(properties.drainBatch().toBytes()));
  }

  /** True when no other instance is draining; the others then wait until the lease is over. */
  public boolean claim() {
    return asked(() -> table.claim(instance, properties.lease()));
  }

  /** Ends what Kafka has. True when this instance may go on draining. */
  public boolean forget(List<SpooledRequest> requests) {
    boolean mine = asked(() -> table.forget(requests, instance, properties.lease()));
    size.removed(requests);
    return mine;
  }

  /** Lets another instance drain at once. */
  public void release() {
    asked(() -> {
      table.release(instance);
      return true;
    });
  }

  /** Measuring a large spool takes a while, so it may take a twentieth of the time at most. */
  @Scheduled(fixedDelayString = "PT1S")
  void measure() {
    long started = System.nanoTime();
    if (started - measureAt < 0) {
      return;
    }
    try {
      size.measured(asked(table::size));
      measureAt = started + Math.max(MEASURE.toNanos(), 20 * (System.nanoTime() - started));
    } catch (RuntimeException away) {
      // has been said; asked again in a second, because readiness waits for it
    }
  }

  private <T> T asked(Supplier<T> question) {
    try {
      T answer = question.get();
      database.answered();
      return answer;
    } catch (RuntimeException failure) {
      database.failed(failure);
      throw failure;
    }
  }
}
