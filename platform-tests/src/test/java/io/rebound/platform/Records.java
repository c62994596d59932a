package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What Kafka holds, as a consumer reads it: what is compressed in the segments is plain here. */
record Records(String bootstrap) {
  /** Of every record its topic, and key, value and headers, on lines of their own. */
  void each(BiConsumer<String, byte[]> reader) {
    read(_ -> true, record -> reader.accept(record.topic(), bytes(record)));
  }

  /** Every record of a topic. */
  void of(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    read(topic::equals, reader);
  }

  private void read(Predicate<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "exclude.internal.topics", false);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .filter(one -> topics.test(one.topic()))
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(200)).forEach(reader);
      }
    }
  }

  private static byte[] bytes(ConsumerRecord<byte[], byte[]> record) {
    var all = new ByteArrayOutputStream();
    write(all, record.key());
    write(all, record.value());
    for (Header header : record.headers()) {
      write(all, header.key().getBytes(UTF_8));
      write(all, header.value());
    }
    return all.toByteArray();
  }

  private static void write(ByteArrayOutputStream all, byte[] part) {
    all.write('\n');
    if (part != null) {
      all.writeBytes(part);
    }
  }
}
