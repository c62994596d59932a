package io.rebound.benchmarks.doors;

import io.rebound.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a door makes of the events it takes. */
final class WrittenRecords {
  private static final int LOOKED_AT = 500;

  private WrittenRecords() {}

  /** Key, value and headers of the records that were written last. */
  static int averageBytes(String bootstrapServers) {
    var partition = new TopicPartition(Topics.EVENTS.name(), 0);
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(0, end - LOOKED_AT));
      long bytes = 0;
      long records = 0;
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          bytes += size(record);
          records++;
        }
      }
      if (records == 0) {
        throw new IllegalStateException("The door has written nothing");
      }
      return Math.toIntExact(bytes / records);
    }
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    long size = (long) record.serializedKeySize() + record.serializedValueSize();
    for (Header header : record.headers()) {
      size += header.key().length() + header.value().length;
    }
    return size;
  }
}
