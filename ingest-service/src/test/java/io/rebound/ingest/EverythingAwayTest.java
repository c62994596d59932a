package io.rebound.ingest;

import static io.rebound.ingest.KafkaAwayTest.awaitKafka;
import static io.rebound.ingest.KafkaAwayTest.awaitKafkaAway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.localservers.Database;
import io.rebound.localservers.LocalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL away, alone and together with Kafka. */
class EverythingAwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path scratch;

  @Test
  void events_are_taken_while_kafka_or_postgresql_is_there_and_asked_for_again_while_neither_is()
      throws Exception {
    var kafka = new StoppableKafka(scratch.resolve("kafka")).start();
    Path folder = scratch.resolve("postgres");
    LocalPostgres postgres = LocalPostgres.start(folder, 0, Map.of());
    Database database = postgres.database("ingest", "secret");
    try (kafka;
        var ingest =
            RunningIngest.start(
                database, kafka.bootstrap(), Map.of("rebound.ingest.publishing.timeout", "2s"))) {
      postgres.close();
      assertThat(status(ingest, "without-postgres")).isEqualTo(200);
      assertThat(kafka.eventIds()).contains("without-postgres");
      assertThat(readiness(ingest)).isEqualTo(200);

      kafka.stop();
      status(ingest, "notices"); // that nobody answers for, so its client sends it again
      awaitKafkaAway(ingest);
      RunningIngest.Answer answer =
          ingest.post("/v1/track", Shoppers.event("without-both", "without-both"));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.response().headers().firstValue("Retry-After")).contains("2");
      await().atMost(PATIENCE).until(() -> readiness(ingest) == 503);

      postgres = LocalPostgres.start(folder, postgres.port(), Map.of());
      await().atMost(PATIENCE).until(() -> readiness(ingest) == 200);
      assertThat(status(ingest, "without-kafka")).isEqualTo(200);

      postgres.close();
      await().atMost(PATIENCE).until(() -> readiness(ingest) == 503);
      kafka.start(); // alone, and nobody sends anything
      await().atMost(PATIENCE).until(() -> readiness(ingest) == 200);
      await().atMost(PATIENCE).until(() -> status(ingest, "kafka-is-back") == 200);
      awaitKafka(ingest);

      postgres = LocalPostgres.start(folder, postgres.port(), Map.of());
      await().atMost(PATIENCE).until(() -> kafka.eventIds().contains("without-kafka"));
      assertThat(kafka.eventIds()).contains("kafka-is-back");
    } finally {
      postgres.close();
    }
  }

  private static int status(RunningIngest ingest, String id) {
    return ingest.post("/v1/track", Shoppers.event(id, id)).status();
  }

  private static int readiness(RunningIngest ingest) {
    return ingest.get("/actuator/health/readiness", null).status();
  }
}
