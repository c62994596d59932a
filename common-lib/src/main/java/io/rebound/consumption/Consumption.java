package io.rebound.consumption;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A service's consumer threads. Starting checks first that the positions in the database belong to
 * the logs in Kafka and fails with {@link RefusedPosition} if they don't. A thread whose clients
 * break is given new ones, for ever.
 */
public final class Consumption implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Consumption.class);
  private static final Duration NEW_CLIENTS_AFTER = Duration.ofSeconds(1);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final Streams streams;
  private final KafkaProperties properties;
  private final KafkaClients clients;
  private final Producer<String, byte[]> producer;
  private final Positions positions;
  private final Outbox outbox;
  private final BatchTransaction transaction;
  private final MeterRegistry registry;
  private final Clock clock;

  private final List<Thread> threads = new ArrayList<>();
  private final Map<Integer, Consumer<byte[], byte[]>> running = new ConcurrentHashMap<>();
  private final Map<String, Map<TopicPartition, Long>> endsAtStart = new ConcurrentHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable String refusal;
  private volatile boolean started;

  Consumption(
      Streams streams,
      KafkaProperties properties,
      KafkaClients clients,
      Producer<String, byte[]> producer,
      ConsumptionTables tables,
      MeterRegistry registry,
      Clock clock) {
    this.streams = streams;
    this.properties = properties;
    this.clients = clients;
    this.producer = producer;
    this.positions = tables.positions();
    this.outbox = tables.outbox();
    this.transaction = tables.transaction(streams);
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public void start() {
    Map<String, LogIdentity> logs;
    try (Admin admin = clients.admin()) {
      var topics = new TopicLogs(properties, admin);
      topics.createMissing(streams.topics());
      logs =
          topics.identities(
              streams.readTopics().stream()
                  .map(topic -> topic.name())
                  .collect(Collectors.toUnmodifiableSet()));
      positions.requireSameLogs(logs);
      Map<TopicPartition, Long> ends = topics.ends(logs);
      positions.requireInside(topics.beginnings(logs), ends);
      ends.forEach((partition, end) ->
          endsAtStart
              .computeIfAbsent(partition.topic(), _ -> new ConcurrentHashMap<>())
              .put(partition, end));
    }
    for (int number = 0; number < properties.threads() && !logs.isEmpty(); number++) {
      int thread = number;
      threads.add(
          Thread.ofPlatform()
              .name(streams.service() + "-consumer-" + thread)
              .start(() -> consumeUntilStopped(thread, logs)));
    }
    started = true;
  }

  private void consumeUntilStopped(int thread, Map<String, LogIdentity> logs) {
    var meters = new ConsumptionMeters(registry, streams.service(), thread);
    while (stopping.getCount() > 0) {
      try (Consumer<byte[], byte[]> consumer = clients.consumer(thread)) {
        running.put(thread, consumer);
        if (stopping.getCount() == 0) {
          return; // asked to stop before there was a consumer to wake up
        }
        var relay = new OutboxRelay(streams.service(), producer);
        var ownership = new Ownership(consumer, positions, outbox, logs, relay);
        new TransactionalConsumer(
                consumer, transaction, ownership, meters, properties, streams, clock)
            .run();
      } catch (WakeupException e) {
        return; // asked to stop
      } catch (RuntimeException | Error failure) {
        Optional<RefusedPosition> refused = refused(failure);
        if (refused.isPresent()) {
          refusal = refused.get().getMessage();
          log.atError().log("Consumption stops: {}", refusal);
          return;
        }
        meters.failed();
        log.atWarn()
            .addKeyValue("reason", Reason.of(failure))
            .log("A consumer broke; it is replaced");
        log.debug("The broken consumer", failure);
      } finally {
        running.remove(thread);
      }
      pause();
    }
  }

  private static Optional<RefusedPosition> refused(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedPosition refused) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }

  private void pause() {
    try {
      boolean _ = stopping.await(NEW_CLIENTS_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Why consumption stopped for good, if it did. */
  public Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Whether this service has read everything that was in the topic when it started. */
  public boolean caughtUp(String topic) {
    Map<TopicPartition, Long> ends = endsAtStart.get(topic);
    if (ends == null) {
      return false; // not started yet, or not a topic this service reads
    }
    Map<TopicPartition, Long> reached = positions.of(topic);
    return ends.entrySet().stream()
        .allMatch(
            end -> end.getValue() == 0 || reached.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  @Override
  public void stop() {
    stopping.countDown();
    running.values().forEach(Consumer::wakeup);
    long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    started = false;
  }

  @Override
  public boolean isRunning() {
    return started;
  }
}
