package io.rebound.identity.privacy;

import io.rebound.events.EventJson;
import io.rebound.events.Message;
import io.rebound.events.Topic;
import io.rebound.localservers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** What a topic holds. */
final class Log {
  private Log() {}

  /** A record; a tombstone has no value. */
  record Entry<T>(String key, @Nullable T value) {}

  /** Everything up to the topic's end of now, per partition in its order. */
  static <T extends Message> List<Entry<T>> of(Topic<T> topic) {
    Function<ConsumerRecord<String, byte[]>, Entry<T>> entry =
        record ->
            new Entry<>(
                record.key(),
                record.value() == null
                    ? null
                    : EventJson.MAPPER.readValue(record.value(), topic.type()));
    var settings = new Properties();
    settings.put("bootstrap.servers", TestServers.kafkaBootstrap());
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(topic.name(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      var entries = new ArrayList<Entry<T>>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> entries.add(entry.apply(record)));
      }
      return entries;
    }
  }
}
