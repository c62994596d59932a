package io.rebound.consumption;

import io.rebound.consumption.Positions.Held;
import io.rebound.consumption.Positions.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions one thread owns: where it stands in each, and the records it has polled but not
 * yet committed. Used by that thread only.
 */
final class Assignment {
  private final Map<TopicPartition, Held> held = new HashMap<>();
  private final Map<TopicPartition, Repetition> repetitions = new HashMap<>();
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> buffered =
      new LinkedHashMap<>();
  private int pending;

  /**
   * A partition that a restored database consumes again.
   *
   * @param shown what Kafka was shown as consumed before
   * @param until the log's end when that was noticed; who consumed how much of what lies between is
   *     not known
   */
  record Repetition(long shown, long until) {}

  /**
   * @param repeated partitions with records that have been consumed before
   */
  void own(Map<TopicPartition, Held> partitions, Map<TopicPartition, Repetition> repeated) {
    disown(partitions.keySet());
    held.putAll(partitions);
    repetitions.putAll(repeated);
  }

  void disown(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      held.remove(partition);
      repetitions.remove(partition);
      buffered.remove(partition);
    }
    count();
  }

  void buffer(ConsumerRecords<byte[], byte[]> polled) {
    for (TopicPartition partition : polled.partitions()) {
      Held position = held.get(partition);
      if (position == null) {
        continue; // not ours any more; its next owner reads it
      }
      List<ConsumerRecord<byte[], byte[]>> records =
          buffered.computeIfAbsent(partition, _ -> new ArrayList<>());
      for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
        if (record.offset() >= position.nextOffset()) {
          records.add(record);
        }
      }
    }
    count();
  }

  /** How many records wait. */
  int pending() {
    return pending;
  }

  /** Everything that waits. */
  Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> waiting() {
    var copy = new LinkedHashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
    buffered.forEach((partition, records) -> copy.put(partition, List.copyOf(records)));
    return copy;
  }

  /** The way through a transaction that takes these records. */
  List<Step> steps(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
    var steps = new ArrayList<Step>(records.size());
    records.forEach((partition, taken) -> {
      Held position = position(partition);
      steps.add(
          new Step(
              partition, position.epoch(), position.nextOffset(), taken.getLast().offset() + 1));
    });
    return steps;
  }

  /** A way that stays where it is: proves ownership of these partitions. */
  List<Step> standing(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .map(partition -> {
          Held position = position(partition);
          return new Step(
              partition, position.epoch(), position.nextOffset(), position.nextOffset());
        })
        .toList();
  }

  /** The steps are committed. */
  void committed(List<Step> steps) {
    for (Step step : steps) {
      held.put(step.partition(), new Held(step.epoch(), step.to()));
      List<ConsumerRecord<byte[], byte[]>> records = buffered.get(step.partition());
      if (records != null) {
        records.removeIf(record -> record.offset() < step.to());
        if (records.isEmpty()) {
          buffered.remove(step.partition());
        }
      }
    }
    count();
  }

  boolean isRepeated(ConsumerRecord<byte[], byte[]> record) {
    Repetition repetition = repetitions.get(new TopicPartition(record.topic(), record.partition()));
    return repetition != null && record.offset() < repetition.until();
  }

  /** What Kafka is to be shown of a partition whose next offset is {@code next}. */
  long toShow(TopicPartition partition, long next) {
    Repetition repetition = repetitions.get(partition);
    return repetition != null && next < repetition.until() ? repetition.shown() : next;
  }

  Set<TopicPartition> partitions() {
    return Set.copyOf(held.keySet());
  }

  Set<TopicPartition> partitionsOf(String topic) {
    return held.keySet().stream()
        .filter(partition -> partition.topic().equals(topic))
        .collect(Collectors.toUnmodifiableSet());
  }

  Map<TopicPartition, Long> nextOffsets() {
    var offsets = new HashMap<TopicPartition, Long>();
    held.forEach((partition, position) -> offsets.put(partition, position.nextOffset()));
    return offsets;
  }

  private Held position(TopicPartition partition) {
    Held position = held.get(partition);
    if (position == null) {
      throw new StaleOwner(partition + " isn't ours");
    }
    return position;
  }

  private void count() {
    pending = buffered.values().stream().mapToInt(List::size).sum();
  }
}
