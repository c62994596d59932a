package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door killed while customers are buying, with Kafka there and without. */
@Tag("faults")
class KilledIngestTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path scratch;

  @Test
  void every_purchase_that_a_killed_ingest_had_answered_is_in_kafka() throws Exception {
    var keys = new SameKeys(scratch.resolve("keys"));
    try (SeparateProcesses processes =
        SeparateProcesses.start(scratch.resolve("installation"), keys, List.of("ingest"))) {
      DoorLoad load = DoorLoad.on(processes.installation());
      try (load) {
        awaitMore(load);
        processes.kill("ingest");
        processes.startAgain("ingest");
        awaitMore(load);

        processes.stopKafka();
        awaitMore(load);
        awaitMore(load);
        processes.kill("ingest");
        processes.startAgain("ingest"); // without Kafka
        awaitMore(load);
        processes.startKafka();
        awaitMore(load);
      }

      var answered = load.answered();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() ->
              assertThat(TopicEvents.purchases(processes.kafka()).keySet()).containsAll(answered));
      System.out.printf(
          "%d purchases were answered, %d were not%n", answered.size(), load.refused().size());
    }
  }

  private static void awaitMore(DoorLoad load) {
    int before = load.answeredSoFar();
    await().atMost(PATIENCE).until(() -> load.answeredSoFar() >= before + 1000);
  }
}
