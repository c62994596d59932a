package io.rebound.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rebound.events.Topic;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One test's database and topics, and the instances of a small service that work on them. */
final class World implements AutoCloseable {
  static final int PARTITIONS = 3;
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final String service = "small-" + UUID.randomUUID();
  final Database database = TestServers.postgres().createDatabase("consumption");
  final HikariDataSource dataSource = pool();
  final JdbcClient jdbc = JdbcClient.create(dataSource);
  final Topic<Counted> in = topic("in");
  final Topic<Counted> out = topic("out");
  final KafkaClients clients = new KafkaClients(properties(p -> p), service + "-test");
  private final Producer<String, byte[]> producer = clients.producer(Map.of());
  private final List<Instance> instances = new ArrayList<>();

  World() {
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/consumption", "classpath:db/tally")
        .load()
        .migrate();
    try (Admin admin = clients.admin()) {
      new TopicLogs(properties(p -> p), admin).createMissing(Set.of(in, out));
    }
  }

  /** Another instance of the service, not started yet. */
  Instance instance() {
    var instance = new Instance(this);
    instances.add(instance);
    return instance;
  }

  /** Settings of the instances: as the defaults, but quick. */
  static KafkaProperties properties(UnaryOperator<KafkaProperties> change) {
    return change.apply(
        new KafkaProperties(
            TestServers.kafkaBootstrap(),
            PARTITIONS,
            (short) 1,
            Duration.ofDays(1),
            1,
            null,
            Duration.ofMillis(5),
            500,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Map.of()));
  }

  HikariDataSource pool() {
    var config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(1_000);
    return new HikariDataSource(config);
  }

  private Topic<Counted> topic(String name) {
    return new Topic<>(name + "-" + service, Counted.class, Topic.Retention.TIME);
  }

  /** Sends {@code count} records, {@code <prefix>-0} and on, and waits until Kafka has them. */
  Set<String> send(String prefix, int count) {
    List<String> ids = IntStream.range(0, count).mapToObj(n -> prefix + "-" + n).toList();
    ids.stream()
        .map(id -> producer.send(CloudEvents.record("test", in, id, Counted.once(id))))
        .toList()
        .forEach(World::stored);
    return Set.copyOf(ids);
  }

  void send(Counted counted) {
    stored(producer.send(CloudEvents.record("test", in, counted.id(), counted)));
  }

  void send(ProducerRecord<String, byte[]> record) {
    stored(producer.send(record));
  }

  void sendText(String key, String value) {
    send(new ProducerRecord<>(in.name(), key, value.getBytes(StandardCharsets.UTF_8)));
  }

  private static void stored(Future<?> sending) {
    try {
      sending.get();
    } catch (Exception e) {
      throw new IllegalStateException("Kafka didn't take a test's record", e);
    }
  }

  /** Waits until everything sent is consumed, its messages are sent and the outbox is empty. */
  void awaitQuiet() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> {
          assertThat(position()).isEqualTo(ends(in));
          assertThat(outboxRows()).isZero();
        });
  }

  /** How many records the positions say are consumed. */
  long position() {
    return number("select coalesce(sum(next_offset), 0) from consumer_position");
  }

  long outboxRows() {
    return number("select count(*) from outbox");
  }

  long number(String query) {
    return jdbc.sql(query).query(Long.class).single();
  }

  /** The records that took effect. */
  Set<String> taken() {
    return new HashSet<>(jdbc.sql("select id from tally").query(String.class).list());
  }

  void assertTakenOnce(Set<String> ids) {
    assertThat(taken()).isEqualTo(ids);
    assertThat(number("select count(*) from tally where times <> 1")).isZero();
  }

  long ends(Topic<?> topic) {
    try (var consumer = reader()) {
      return consumer.endOffsets(partitions(topic)).values().stream().mapToLong(n -> n).sum();
    }
  }

  /** The ids of everything in the service's outgoing topic, repeats included. */
  List<String> published() {
    var ids = new ArrayList<String>();
    try (var consumer = reader()) {
      consumer.assign(partitions(out));
      consumer.seekToBeginning(partitions(out));
      long end = ends(out);
      while (ids.size() < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> {
              assertThat(
                      new String(
                          record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                  .isEqualTo(new String(record.key(), StandardCharsets.UTF_8));
              ids.add(new String(record.key(), StandardCharsets.UTF_8));
            });
      }
    }
    return ids;
  }

  private static KafkaConsumer<byte[], byte[]> reader() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", TestServers.kafkaBootstrap()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  static List<TopicPartition> partitions(Topic<?> topic) {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(number -> new TopicPartition(topic.name(), number))
        .toList();
  }

  @Override
  public void close() {
    instances.forEach(Instance::close);
    producer.close(Duration.ZERO);
    dataSource.close();
  }
}
