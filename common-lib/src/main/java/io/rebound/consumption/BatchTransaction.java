package io.rebound.consumption;

import io.rebound.consumption.ClockHandler.Tick;
import io.rebound.consumption.Positions.Step;
import io.rebound.consumption.Streams.Clocked;
import io.rebound.consumption.Streams.Reading;
import io.rebound.events.EventJson;
import io.rebound.events.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.JacksonException;

/**
 * One transaction of a consumer: the position, what the handlers write, and what they want sent,
 * together or not at all.
 */
final class BatchTransaction {
  private final Streams streams;
  private final TransactionOperations transactions;
  private final Positions positions;
  private final Outbox outbox;
  private final DeadLetters deadLetters;

  BatchTransaction(
      Streams streams,
      TransactionOperations transactions,
      Positions positions,
      Outbox outbox,
      DeadLetters deadLetters) {
    this.streams = streams;
    this.transactions = transactions;
    this.positions = positions;
    this.outbox = outbox;
    this.deadLetters = deadLetters;
  }

  /**
   * What a transaction left to do.
   *
   * @param row messages to send, if there are any
   * @param poisoned how many records went to the dead letters
   * @param more a tick had more to do
   */
  record Committed(Outbox.@Nullable Row row, int poisoned, boolean more) {}

  private record Undecodable(ConsumerRecord<byte[], byte[]> record, JacksonException defect) {}

  /**
   * Hands the records to the handlers.
   *
   * @param steps the way from the position to behind the last record
   * @param sent outbox rows that Kafka has, to be cleared
   */
  Committed take(
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records,
      List<Step> steps,
      Predicate<ConsumerRecord<byte[], byte[]>> repeated,
      List<Long> sent) {
    var undecodable = new ArrayList<Undecodable>();
    List<Handling<?>> handlings = decode(records, repeated, undecodable);
    return transaction(
        steps,
        sent,
        () -> {
          undecodable.forEach(letter -> deadLetters.add(letter.record(), letter.defect()));
          var outgoing = new Outgoing();
          handlings.forEach(handling -> outgoing.addAll(handling.run()));
          return new Work(outgoing, undecodable.size(), false);
        });
  }

  /** Passes a record by: it goes to the dead letters with its reason. */
  Committed passBy(
      ConsumerRecord<byte[], byte[]> record, List<Step> steps, Throwable reason, List<Long> sent) {
    return transaction(
        steps,
        sent,
        () -> {
          deadLetters.add(record, reason);
          return new Work(new Outgoing(), 1, false);
        });
  }

  /** Lets the clock handler do what is due for the partitions that {@code steps} prove ours. */
  Committed tick(Clocked clock, Instant now, List<Step> steps, List<Long> sent) {
    Set<Integer> numbers =
        steps.stream()
            .map(step -> step.partition().partition())
            .collect(Collectors.toUnmodifiableSet());
    return transaction(
        steps,
        sent,
        () -> {
          Tick tick = clock.handler().tick(now, numbers);
          return new Work(tick.outgoing(), 0, tick.more());
        });
  }

  /** Only clears rows; no position is needed for that, clearing twice does no harm. */
  void clear(List<Long> sent) {
    outbox.clear(sent);
  }

  private record Work(Outgoing outgoing, int poisoned, boolean more) {}

  private interface Body {
    Work work();
  }

  private Committed transaction(List<Step> steps, List<Long> sent, Body body) {
    Committed committed =
        transactions.execute(_ -> {
          positions.advance(steps);
          Work work = body.work();
          outbox.clear(sent);
          Outbox.Row row =
              work.outgoing().isEmpty()
                  ? null
                  : outbox.append(
                      steps.getFirst().partition(), PackedMessages.pack(work.outgoing()));
          return new Committed(row, work.poisoned(), work.more());
        });
    if (committed == null) {
      throw new IllegalStateException("A transaction without a result");
    }
    return committed;
  }

  private interface Handling<T> {
    Outgoing run();
  }

  private List<Handling<?>> decode(
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records,
      Predicate<ConsumerRecord<byte[], byte[]>> repeated,
      List<Undecodable> undecodable) {
    var handlings = new ArrayList<Handling<?>>();
    for (String topic : topicsInOrder()) {
      List<ConsumerRecord<byte[], byte[]>> ofTopic =
          records.entrySet().stream()
              .filter(entry -> entry.getKey().topic().equals(topic))
              .flatMap(entry -> entry.getValue().stream())
              .toList();
      if (!ofTopic.isEmpty()) {
        handlings.addAll(decode(topic, ofTopic, repeated, undecodable));
      }
    }
    return handlings;
  }

  private List<String> topicsInOrder() {
    return streams.readings().stream().map(reading -> reading.topic().name()).distinct().toList();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // readings of one topic read one type
  private List<Handling<?>> decode(
      String topic,
      List<ConsumerRecord<byte[], byte[]>> records,
      Predicate<ConsumerRecord<byte[], byte[]>> repeated,
      List<Undecodable> undecodable) {
    List<Reading<?>> readings =
        streams.readings().stream()
            .filter(reading -> reading.topic().name().equals(topic))
            .toList();
    var values = new ArrayList<Message>(records.size());
    long time = Long.MIN_VALUE;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      time = Math.max(time, record.timestamp());
      if (record.value() == null) {
        continue; // a tombstone: compaction's business, nobody's state
      }
      try {
        values.add(EventJson.MAPPER.readValue(record.value(), readings.getFirst().topic().type()));
      } catch (JacksonException defect) {
        undecodable.add(new Undecodable(record, defect));
      }
    }
    if (values.isEmpty()) {
      return List.of();
    }
    var batch =
        new Batch<>(values, Instant.ofEpochMilli(time), records.stream().anyMatch(repeated));
    return readings.stream()
        .<Handling<?>>map(reading -> () -> ((BatchHandler) reading.handler()).handle(batch))
        .toList();
  }
}
