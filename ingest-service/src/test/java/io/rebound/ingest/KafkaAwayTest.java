package io.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doors answer while Kafka is away, and what Kafka has once it is back. */
class KafkaAwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Map<String, Object> QUICK_START =
      Map.of("rebound.ingest.publishing.startup", "100ms");

  @TempDir static Path scratch;
  private static StoppableKafka kafka;
  private static Database database;
  private static RunningIngest ingest;

  @BeforeAll
  static void start() throws Exception {
    kafka = new StoppableKafka(scratch).start();
    database = TestServers.postgres().createDatabase("ingest");
    ingest = RunningIngest.start(database, kafka.bootstrap(), Map.of());
  }

  @AfterAll
  static void stop() {
    ingest.close();
    kafka.close();
  }

  @BeforeEach
  void kafka_is_there() {
    awaitKafka(ingest);
  }

  @Test
  void every_event_answered_while_kafka_goes_and_comes_is_in_kafka_afterwards() throws Exception {
    double spooledBefore = counter("rebound_ingest_spooled_events_total");
    double drainedBefore = counter("rebound_ingest_spool_drained_events_total");
    Shoppers shoppers = Shoppers.at(ingest);
    try (shoppers) {
      awaitMore(shoppers);
      kafka.stop();
      awaitKafkaAway(ingest);
      awaitMore(shoppers);
      kafka.start();
      awaitKafka(ingest);
      awaitMore(shoppers);
    }
    awaitEmptySpool();

    assertThat(shoppers.refused()).isEmpty();
    List<String> inKafka = kafka.eventIds();
    assertThat(inKafka).containsAll(shoppers.kept());
    double spooled = counter("rebound_ingest_spooled_events_total") - spooledBefore;
    assertThat(spooled).isGreaterThan(100);
    assertThat(counter("rebound_ingest_spool_drained_events_total") - drainedBefore)
        .isEqualTo(spooled);
    // each customer waits for an answer, so only few requests can have been on their way
    assertThat(inKafka.size() - new HashSet<>(inKafka).size()).isLessThan(50);
  }

  @Test
  void spooled_events_come_to_kafka_in_the_order_in_which_they_were_answered() throws Exception {
    kafka.stop();
    ingest.post("/v1/track", Shoppers.event("before", "ordered"));
    awaitKafkaAway(ingest);
    List<String> ids = IntStream.range(0, 30).mapToObj(number -> "ordered-" + number).toList();
    for (String id : ids) {
      assertThat(ingest.post("/v1/track", Shoppers.event(id, "ordered")).status()).isEqualTo(200);
    }
    assertThat(spooled()).isEqualTo(31);

    kafka.start();
    awaitEmptySpool();

    var inKafka = new ArrayList<>(kafka.eventIds());
    inKafka.retainAll(ids);
    assertThat(inKafka).isEqualTo(ids);
  }

  @Test
  void a_batch_is_spooled_as_a_whole() throws Exception {
    kafka.stop();
    List<String> ids = IntStream.range(0, 100).mapToObj(number -> "batch-" + number).toList();
    String events =
        String.join(
            ",",
            ids.stream()
                .map(id -> Shoppers.event(id, id).replaceFirst("\\{", "{\"type\": \"track\", "))
                .toList());

    RunningIngest.Answer answer = ingest.post("/v1/batch", "{\"batch\": [" + events + "]}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("accepted").asInt()).isEqualTo(100);
    assertThat(spooled()).isEqualTo(100);
    kafka.start();
    awaitEmptySpool();
    assertThat(kafka.eventIds()).containsAll(ids);
  }

  @Test
  void a_drain_that_dies_between_publishing_and_deleting_repeats_and_loses_nothing()
      throws Exception {
    kafka.stop();
    List<String> ids = IntStream.range(0, 10).mapToObj(number -> "repeated-" + number).toList();
    for (String id : ids) {
      assertThat(ingest.post("/v1/track", Shoppers.event(id, id)).status()).isEqualTo(200);
    }
    sql(
        """
        create function die() returns trigger language plpgsql as 'begin raise exception ''dead''; end';
        create trigger dies before delete on spooled_events execute function die();
        """);
    kafka.start();
    await().atMost(PATIENCE).until(() -> kafka.eventIds().containsAll(ids));
    assertThat(spooled()).isEqualTo(10);

    sql("drop trigger dies on spooled_events; drop function die()");
    awaitEmptySpool();

    List<String> inKafka = new ArrayList<>(kafka.eventIds());
    inKafka.retainAll(ids);
    assertThat(new HashSet<>(inKafka)).isEqualTo(new HashSet<>(ids));
    assertThat(inKafka).hasSizeGreaterThanOrEqualTo(20);
  }

  @Test
  void a_service_that_starts_while_kafka_is_away_takes_events_and_brings_them_to_kafka_later()
      throws Exception {
    kafka.stop();
    try (var late =
        RunningIngest.start(
            TestServers.postgres().createDatabase("ingest"), kafka.bootstrap(), QUICK_START)) {
      assertThat(late.get("/actuator/health/readiness", null).status()).isEqualTo(200);
      assertThat(late.post("/v1/track", Shoppers.event("early", "early")).status()).isEqualTo(200);

      kafka.start();

      await().atMost(PATIENCE).until(() -> kafka.eventIds().contains("early"));
      awaitKafka(late);
    }
  }

  @Test
  void two_services_drain_the_spool_they_share_without_loss() throws Exception {
    try (var other = RunningIngest.start(database, kafka.bootstrap(), Map.of())) {
      Shoppers some = Shoppers.at(ingest);
      Shoppers others = Shoppers.at(other);
      try (some;
          others) {
        awaitMore(some);
        kafka.stop();
        awaitKafkaAway(ingest);
        awaitKafkaAway(other);
        awaitMore(some);
        awaitMore(others);
        kafka.start();
        awaitMore(others);
      }
      awaitEmptySpool();

      assertThat(some.refused()).isEmpty();
      assertThat(others.refused()).isEmpty();
      assertThat(kafka.eventIds()).containsAll(some.kept()).containsAll(others.kept());
    }
  }

  @Test
  void what_a_service_left_in_the_spool_is_drained_by_another() throws Exception {
    kafka.stop();
    try (var left = RunningIngest.start(database, kafka.bootstrap(), QUICK_START)) {
      assertThat(left.post("/v1/track", Shoppers.event("left", "left")).status()).isEqualTo(200);
    }
    assertThat(spooled()).isEqualTo(1);

    kafka.start();

    await().atMost(PATIENCE).until(() -> kafka.eventIds().contains("left"));
    awaitEmptySpool();
  }

  @Test
  void a_full_spool_asks_clients_to_come_again_until_kafka_is_back() throws Exception {
    try (var small =
        RunningIngest.start(
            TestServers.postgres().createDatabase("ingest"),
            kafka.bootstrap(),
            Map.of("rebound.ingest.spool.limit", "10KB"))) {
      kafka.stop();
      var kept = new ArrayList<String>();
      await()
          .atMost(PATIENCE)
          .until(() -> {
            String id = "full-" + kept.size();
            boolean answered = small.post("/v1/track", Shoppers.event(id, id)).status() == 200;
            if (answered) {
              kept.add(id);
            }
            return !answered;
          });

      RunningIngest.Answer answer = small.post("/v1/track", Shoppers.event("over", "over"));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.response().headers().firstValue("Retry-After")).contains("2");
      assertThat(small.get("/actuator/health/readiness", null).status()).isEqualTo(503);
      assertThat(kept).hasSizeGreaterThan(3);

      kafka.start();
      awaitKafka(small);
      await().atMost(PATIENCE).until(() -> kafka.eventIds().containsAll(kept));
      assertThat(small.post("/v1/track", Shoppers.event("over", "over")).status()).isEqualTo(200);
      assertThat(small.get("/actuator/health/readiness", null).status()).isEqualTo(200);
    }
  }

  static void awaitMore(Shoppers shoppers) {
    int before = shoppers.keptSoFar();
    await().atMost(PATIENCE).until(() -> shoppers.keptSoFar() >= before + 200);
  }

  static void awaitKafkaAway(RunningIngest ingest) {
    await().atMost(PATIENCE).until(() -> kafkaAwayFor(ingest) > 0);
  }

  static void awaitKafka(RunningIngest ingest) {
    await().atMost(PATIENCE).until(() -> kafkaAwayFor(ingest) == 0);
  }

  private static double kafkaAwayFor(RunningIngest ingest) {
    return ingest
        .bean(MeterRegistry.class)
        .get("rebound_ingest_kafka_away_seconds")
        .gauge()
        .value();
  }

  private static void awaitEmptySpool() {
    await().atMost(PATIENCE).until(() -> spooled() == 0);
  }

  private static double counter(String name) {
    return ingest.bean(MeterRegistry.class).get(name).counter().count();
  }

  private static long spooled() throws SQLException {
    try (Connection connection = connection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select coalesce(sum(events), 0) from spooled_events")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void sql(String statements) throws SQLException {
    try (Connection connection = connection();
        var statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  private static Connection connection() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
