package io.rebound.consumption;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka clients with the settings that the promises rest on. */
public final class KafkaClients {
  private final KafkaProperties properties;
  private final String service;

  /**
   * @param service prefix of the client ids and the consumer group
   */
  public KafkaClients(KafkaProperties properties, String service) {
    this.properties = properties;
    this.service = service;
  }

  /**
   * Acknowledged means: on all in-sync replicas. Retries for ever without repeating or reordering.
   *
   * @param overrides for instance another {@code linger.ms}
   */
  public Producer<String, byte[]> producer(Map<String, ?> overrides) {
    var settings = settings("producer");
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("delivery.timeout.ms", String.valueOf(Integer.MAX_VALUE));
    settings.put("linger.ms", "5");
    settings.put("batch.size", "65536");
    settings.put("compression.type", "lz4");
    settings.put("max.block.ms", String.valueOf(properties.publishTimeout().toMillis()));
    settings.put("max.request.size", "1048576");
    settings.putAll(overrides);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * A member of the service's group that commits nothing by itself and starts nowhere by itself:
   * the position comes from the database. Same partitions of all topics go to the same member.
   */
  Consumer<byte[], byte[]> consumer(int thread) {
    var settings = settings("consumer-" + thread);
    settings.put("group.id", service);
    if (properties.instanceId() != null) {
      settings.put("group.instance.id", service + "-" + properties.instanceId() + "-" + thread);
    }
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "none");
    settings.put("isolation.level", "read_committed");
    settings.put("max.poll.records", String.valueOf(properties.batchSize()));
    settings.put("partition.assignment.strategy", RangeAssignor.class.getName());
    settings.put("session.timeout.ms", "10000");
    settings.put("heartbeat.interval.ms", "2000");
    settings.put("fetch.max.wait.ms", "500");
    settings.put("allow.auto.create.topics", "false");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * For reading a topic outside a consumer's transactions. A member of no group: the caller says
   * what to read and from where; a position that the log no longer has is its beginning.
   */
  public Consumer<byte[], byte[]> reader() {
    var settings = settings("reader");
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    settings.put("allow.auto.create.topics", "false");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  public Admin admin() {
    return Admin.create(settings("admin"));
  }

  private Map<String, Object> settings(String role) {
    var settings = new HashMap<String, Object>(properties.client());
    settings.put("bootstrap.servers", properties.bootstrapServers());
    settings.put("client.id", service + "-" + role);
    return settings;
  }
}
