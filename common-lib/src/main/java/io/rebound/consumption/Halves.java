package io.rebound.consumption;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A failing batch cut in two, so that the record at fault is found in a few steps: between
 * partitions where there are several, within the one partition otherwise. Each partition's records
 * stay in order.
 */
record Halves(
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> first,
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> second) {

  static boolean isSingle(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
    return records.size() == 1 && records.values().iterator().next().size() == 1;
  }

  static Halves of(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
    var first = new LinkedHashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
    var second = new LinkedHashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
    if (records.size() == 1) {
      records.forEach((partition, all) -> {
        int middle = all.size() / 2;
        first.put(partition, all.subList(0, middle));
        second.put(partition, all.subList(middle, all.size()));
      });
    } else {
      records.forEach((partition, all) ->
          (first.size() < records.size() / 2 ? first : second).put(partition, all));
    }
    return new Halves(first, second);
  }
}
