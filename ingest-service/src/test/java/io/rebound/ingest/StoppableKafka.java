package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.Topics;
import io.rebound.localservers.LocalKafka;
import io.rebound.localservers.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A Kafka of a test's own, stopped and started again on the same port and data. */
final class StoppableKafka implements AutoCloseable {
  private final Path folder;
  private final int port = TestServers.freePort();
  private final int controllerPort = TestServers.freePort();
  private final Map<String, String> settings;
  private LocalKafka running;

  StoppableKafka(Path folder) {
    this(folder, Map.of());
  }

  StoppableKafka(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = settings;
  }

  int port() {
    return port;
  }

  StoppableKafka start() throws IOException {
    running = LocalKafka.start(folder, port, controllerPort, settings);
    return this;
  }

  void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /** The ids of all events there, partition by partition in their order, repeats included. */
  List<String> eventIds() {
    var settings = new Properties();
    settings.put("bootstrap.servers", bootstrap());
    var ids = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.EVENTS.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      for (TopicPartition partition : partitions) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        while (consumer.position(partition) < end) {
          for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            String id = new String(record.headers().lastHeader("ce_id").value(), UTF_8);
            ids.add(
                id.substring(id.indexOf(RunningIngest.SOURCE) + RunningIngest.SOURCE.length() + 1));
          }
        }
      }
    }
    return ids;
  }

  @Override
  public void close() {
    stop();
  }
}
