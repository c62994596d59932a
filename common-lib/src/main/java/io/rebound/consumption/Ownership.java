package io.rebound.consumption;

import io.rebound.consumption.Assignment.Repetition;
import io.rebound.consumption.Positions.Held;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a thread comes to own partitions and how it gives them up. The order is what makes it safe:
 * the epoch in the database first (from then on the former owner can't commit), then what that
 * owner left unsent, then the position to read from.
 */
final class Ownership implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(Ownership.class);
  private static final Duration FAREWELL = Duration.ofSeconds(3);
  private static final Duration GLANCE = Duration.ofMillis(5);

  private final Consumer<byte[], byte[]> consumer;
  private final Positions positions;
  private final Outbox outbox;
  private final Map<String, LogIdentity> logs;
  private final Assignment assignment = new Assignment();
  private final OutboxRelay relay;

  Ownership(
      Consumer<byte[], byte[]> consumer,
      Positions positions,
      Outbox outbox,
      Map<String, LogIdentity> logs,
      OutboxRelay relay) {
    this.consumer = consumer;
    this.positions = positions;
    this.outbox = outbox;
    this.logs = logs;
    this.relay = relay;
  }

  Assignment assignment() {
    return assignment;
  }

  OutboxRelay relay() {
    return relay;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Held> held = positions.acquire(beginnings, logs);
    for (TopicPartition partition : partitions) {
      outbox.leftBehind(partition).forEach(relay::send);
    }
    held.forEach((partition, position) -> {
      RefusedPosition.requireInside(
          partition,
          position.nextOffset(),
          beginnings.getOrDefault(partition, 0L),
          ends.getOrDefault(partition, 0L));
      consumer.seek(partition, position.nextOffset());
    });
    assignment.own(held, repeated(held, ends));
  }

  /**
   * Where the group has committed more to Kafka than the database knows, the database was restored:
   * all that is in the log now may have been consumed before.
   */
  private Map<TopicPartition, Repetition> repeated(
      Map<TopicPartition, Held> held, Map<TopicPartition, Long> ends) {
    var repeated = new HashMap<TopicPartition, Repetition>();
    Map<TopicPartition, OffsetAndMetadata> committed =
        consumer.committed(Set.copyOf(held.keySet()));
    held.forEach((partition, position) -> {
      OffsetAndMetadata shown = committed.get(partition);
      if (shown != null && shown.offset() > position.nextOffset()) {
        long until = ends.getOrDefault(partition, shown.offset());
        repeated.put(partition, new Repetition(shown.offset(), until));
        log.atWarn()
            .addKeyValue("partition", partition)
            .addKeyValue("position", position.nextOffset())
            .addKeyValue("consumed", shown.offset())
            .log("The database was restored to an earlier moment; it catches up from Kafka");
      }
    });
    return repeated;
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    assignment.disown(partitions);
    clearWhatKafkaHas();
    relay.forgetAll();
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    assignment.disown(new HashSet<>(partitions));
    relay.forgetAll();
  }

  /** A courtesy to the next owner, who would send the rows again. */
  private void clearWhatKafkaHas() {
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    while (!relay.idle() && System.nanoTime() < deadline) {
      List<Long> sent = relay.acknowledged();
      if (sent.isEmpty()) {
        LockSupport.parkNanos(GLANCE.toNanos());
        continue;
      }
      try {
        outbox.clear(sent);
      } catch (RuntimeException e) {
        log.atWarn().addKeyValue("reason", Reason.of(e)).log("Sent messages stay in the outbox");
        return;
      }
      relay.cleared(sent);
    }
  }

  /**
   * What to show Kafka as consumed. For a restored database's partitions that is what was shown
   * before, until they have caught up: it is the only sign that records are repeated, and the next
   * owner needs it too.
   */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    assignment
        .nextOffsets()
        .forEach((partition, next) ->
            offsets.put(partition, new OffsetAndMetadata(assignment.toShow(partition, next))));
    return offsets;
  }
}
