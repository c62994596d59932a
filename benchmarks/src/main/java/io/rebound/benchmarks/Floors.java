package io.rebound.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the same servers do for a program that does nothing else: PostgreSQL upserts on one
 * connection, 500 rows a transaction, and Kafka's own producer, acks=all. Both with 700 bytes a row
 * or record.
 */
final class Floors {
  private static final int ROWS = 500;
  private static final int BYTES = 700;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration TIME = Duration.ofSeconds(10);

  private Floors() {}

  /** Rows a second. */
  static double postgresUpserts(int port) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres")) {
      try (var ddl = connection.createStatement()) {
        ddl.execute("drop table if exists floor");
        ddl.execute(
            "create table floor (id bigint primary key, n bigint, body text) with (fillfactor = 80)");
      }
      connection.setAutoCommit(false);
      upserts(connection, WARM_UP);
      double perSecond = upserts(connection, TIME);
      try (var ddl = connection.createStatement()) {
        ddl.execute("drop table floor");
      }
      connection.commit();
      return perSecond;
    }
  }

  private static double upserts(Connection connection, Duration time) throws SQLException {
    String body = "x".repeat(BYTES);
    long rows = 0;
    long start = System.nanoTime();
    try (var statement =
        connection.prepareStatement(
            """
            insert into floor select id, 1, ? from unnest(?::bigint[]) as id order by id
            on conflict (id) do update set n = floor.n + 1
            """)) {
      for (long round = 0; System.nanoTime() - start < time.toNanos(); round++) {
        var ids = new Long[ROWS];
        for (int i = 0; i < ROWS; i++) {
          ids[i] = (round * 7919 + i * 31L) % 20_000;
        }
        statement.setString(1, body);
        statement.setArray(
            2,
            connection.createArrayOf(
                "bigint", java.util.Arrays.stream(ids).distinct().toArray(Long[]::new)));
        rows += statement.executeUpdate();
        connection.commit();
      }
    }
    return rows / ((System.nanoTime() - start) / 1e9);
  }

  /** Records a second. */
  static double kafkaProducer(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(java.util.List.of(new NewTopic("floor", 3, (short) 1))).all().get();
      produce(bootstrapServers, WARM_UP);
      double perSecond = produce(bootstrapServers, TIME);
      admin.deleteTopics(java.util.List.of("floor")).all().get();
      return perSecond;
    }
  }

  private static double produce(String bootstrapServers, Duration time) {
    byte[] value = new byte[BYTES];
    new java.util.SplittableRandom(7).nextBytes(value);
    var acknowledged = new AtomicLong();
    long start = System.nanoTime();
    try (var producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "linger.ms",
                "5",
                "batch.size",
                "65536"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      while (System.nanoTime() - start < time.toNanos()) {
        producer.send(
            new ProducerRecord<>("floor", value),
            (metadata, failure) -> {
              if (failure == null) {
                acknowledged.incrementAndGet();
              }
            });
      }
      producer.flush();
      return acknowledged.get() / ((System.nanoTime() - start) / 1e9);
    }
  }
}
