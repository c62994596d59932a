package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The purchases of a {@link DoorLoad} as they lie in Kafka. */
final class TopicEvents {
  private static final Pattern PURCHASE = Pattern.compile("purchase-\\d+");

  private TopicEvents() {}

  /** How often each purchase is in {@code events}. */
  static Map<String, Integer> purchases(String bootstrap) {
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    var found = new HashMap<String, Integer>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("events").stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> {
              Matcher id =
                  PURCHASE.matcher(new String(record.headers().lastHeader("ce_id").value(), UTF_8));
              if (id.find()) {
                found.merge(id.group(), 1, Integer::sum);
              }
            });
      }
    }
    return found;
  }
}
