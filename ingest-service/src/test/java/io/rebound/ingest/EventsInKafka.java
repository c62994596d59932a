package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.events.EventJson;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** What the service put into Kafka, looked for when somebody asks. */
final class EventsInKafka {
  private final String kafka;
  private final Map<String, TrackedEvent> received = new ConcurrentHashMap<>();
  private final Map<String, String> rawRecords = new ConcurrentHashMap<>();
  private KafkaConsumer<String, byte[]> consumer;

  EventsInKafka(String kafka) {
    this.kafka = kafka;
  }

  /** The event of that id, once it is there. */
  TrackedEvent event(String eventId) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(10))
        .until(() -> received.containsKey(eventId) || has(eventId));
    return received.get(eventId);
  }

  /** The record of that event. */
  String record(String eventId) {
    event(eventId);
    return rawRecords.get(eventId);
  }

  boolean has(String eventId) {
    return poll().containsKey(eventId);
  }

  /** How many events of a source there are, told apart by their ids. */
  int count(String source) {
    int known = -1;
    while (known < received.size()) { // until a look finds nothing more
      known = received.size();
      poll();
    }
    return Math.toIntExact(
        received.values().stream().filter(event -> event.source().equals(source)).count());
  }

  private synchronized Map<String, TrackedEvent> poll() {
    if (consumer == null) {
      consumer = consumer(kafka);
    }
    consumer
        .poll(Duration.ofMillis(50))
        .forEach(record -> {
          TrackedEvent event = EventJson.MAPPER.readValue(record.value(), TrackedEvent.class);
          received.put(event.eventId(), event);
          rawRecords.put(
              event.eventId(), record.key() + record.headers() + new String(record.value(), UTF_8));
        });
    return received;
  }

  /** Reads the whole topic, from its first record on; whoever asks for it closes it. */
  static KafkaConsumer<String, byte[]> consumer(String kafka) {
    var settings = new Properties();
    settings.put("bootstrap.servers", kafka);
    var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    var partitions =
        consumer.partitionsFor(Topics.EVENTS.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }
}
