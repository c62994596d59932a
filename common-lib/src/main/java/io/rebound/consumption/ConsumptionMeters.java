package io.rebound.consumption;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What an operator must see of one consumer thread: what waits, what fails, what it costs. */
final class ConsumptionMeters {
  private final MeterRegistry registry;
  private final String prefix;
  private final String thread;
  private final Timer batches;
  private final Counter records;
  private final Counter failures;
  private final Counter stale;
  private final Counter deadLetters;
  private final AtomicLong waitingRecords;
  private final AtomicLong waitingRows;
  private final Map<String, AtomicLong> lags = new ConcurrentHashMap<>();

  ConsumptionMeters(MeterRegistry registry, String service, int thread) {
    this.registry = registry;
    this.prefix = "rebound_" + service.replace('-', '_') + "_consumer_";
    this.thread = String.valueOf(thread);
    this.batches =
        Timer.builder(prefix + "batch_seconds")
            .description("Time of a consumer's transactions")
            .publishPercentileHistogram()
            .register(registry);
    this.records = counter("records_total", "Records taken");
    this.failures = counter("failures_total", "Transactions that failed for no fault of the data");
    this.stale = counter("stale_total", "Batches given up because another instance moved on");
    this.deadLetters = counter("dead_letters_total", "Records put into the dead letters");
    this.waitingRecords = gauge("buffered_records", "Records polled and not yet committed");
    this.waitingRows =
        gauge("outbox_rows", "Transactions whose messages Kafka hasn't acknowledged");
  }

  void batch(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> taken, long nanoseconds) {
    batches.record(nanoseconds, TimeUnit.NANOSECONDS);
    records.increment(taken.values().stream().mapToInt(List::size).sum());
  }

  void poisoned(int count) {
    deadLetters.increment(count);
  }

  void failed() {
    failures.increment();
  }

  void stale() {
    stale.increment();
  }

  void waiting(int buffered, int rows) {
    waitingRecords.set(buffered);
    waitingRows.set(rows);
  }

  /** How many records of each topic this thread has not yet polled. */
  void lag(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
    lags.values().forEach(lag -> lag.set(0));
    for (TopicPartition partition : partitions) {
      OptionalLong lag = consumer.currentLag(partition);
      lag.ifPresent(value -> lagOf(partition.topic()).addAndGet(value));
    }
  }

  private AtomicLong lagOf(String topic) {
    return lags.computeIfAbsent(
        topic,
        name -> {
          var lag = new AtomicLong();
          Gauge.builder(prefix + "lag_records", lag, AtomicLong::get)
              .description("Records in Kafka this thread has not polled")
              .tags("topic", name, "thread", thread)
              .register(registry);
          return lag;
        });
  }

  private Counter counter(String name, String description) {
    return Counter.builder(prefix + name).description(description).register(registry);
  }

  private AtomicLong gauge(String name, String description) {
    var value = new AtomicLong();
    Gauge.builder(prefix + name, value, AtomicLong::get)
        .description(description)
        .tag("thread", thread)
        .register(registry);
    return value;
  }
}
