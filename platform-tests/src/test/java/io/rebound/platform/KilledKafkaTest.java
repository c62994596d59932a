package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kafka gone for minutes while customers go on buying. */
@Tag("faults")
class KilledKafkaTest {
  private static final Duration AWAY =
      Duration.ofSeconds(Integer.getInteger("rebound.faults.kafka-away-seconds", 120));
  private static final Duration AROUND = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Pattern SPOOLED =
      Pattern.compile("^rebound_ingest_spool_events (\\S+)", Pattern.MULTILINE);

  @TempDir Path scratch;

  @Test
  void while_kafka_is_stopped_every_purchase_is_answered_within_a_second_and_counts_once()
      throws Exception {
    var keys = new SameKeys(scratch.resolve("keys"));
    try (SeparateProcesses processes =
        SeparateProcesses.start(
            scratch.resolve("installation"), keys, List.of("ingest", "identity", "segmentation"))) {
      Installation installation = processes.installation();
      DoorLoad load = DoorLoad.on(installation);
      long stopped;
      long started;
      try (load) {
        pass(AROUND);
        stopped = System.nanoTime();
        processes.stopKafka();
        pass(AWAY);
        started = System.nanoTime();
        processes.startKafka();
        pass(AROUND);
      }
      System.out.printf(
          "Kafka was stopped for %d s; of the answers in that time half came within %d ms, 99 %% within %d ms, the last within %d ms%n",
          AWAY.toSeconds(),
          load.within(0.5, stopped, started).toMillis(),
          load.within(0.99, stopped, started).toMillis(),
          load.within(1, stopped, started).toMillis());
      await().atMost(PATIENCE).until(() -> spooled(installation) == 0);

      assertThat(load.refused()).isEmpty();
      assertThat(load.within(0.99, stopped, started)).isLessThan(Duration.ofSeconds(1));
      Set<String> answered = load.answered();
      Map<String, Integer> inKafka = TopicEvents.purchases(processes.kafka());
      System.out.printf(
          "%d purchases were answered; %d records of them are in Kafka%n",
          answered.size(), inKafka.values().stream().mapToInt(Integer::intValue).sum());
      assertThat(inKafka.keySet()).isEqualTo(answered);
      // each purchase is an order of its own, worth 1.00
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> {
            List<JsonNode> rfm = installation.all(installation.ports().segmentation(), "/v1/rfm");
            assertThat(rfm.stream().mapToLong(row -> row.path("frequency").asLong()).sum())
                .isEqualTo(answered.size());
            assertThat(rfm.stream().mapToDouble(row -> row.path("monetary").asDouble()).sum())
                .isEqualTo(answered.size());
          });
    }
  }

  private static double spooled(Installation installation) {
    Matcher metric = SPOOLED.matcher(installation.metrics(installation.ports().ingest()));
    return metric.find() ? Double.parseDouble(metric.group(1)) : Double.NaN;
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
