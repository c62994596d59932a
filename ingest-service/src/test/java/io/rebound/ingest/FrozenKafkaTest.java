package io.rebound.ingest;

import static io.rebound.ingest.KafkaAwayTest.awaitKafka;
import static io.rebound.ingest.KafkaAwayTest.awaitKafkaAway;
import static io.rebound.ingest.KafkaAwayTest.awaitMore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.localservers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that takes connections and requests and says nothing. */
class FrozenKafkaTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path scratch;

  @Test
  void batches_that_the_producer_gave_up_on_their_way_do_not_keep_it_from_going_on()
      throws Exception {
    var link = new FreezableLink();
    var kafka =
        new StoppableKafka(
            scratch, Map.of("advertised.listeners", "PLAINTEXT://127.0.0.1:" + link.port()));
    link.leadTo(kafka.port());
    kafka.start();
    try (link;
        kafka;
        var ingest =
            RunningIngest.start(
                TestServers.postgres().createDatabase("ingest"),
                "127.0.0.1:" + link.port(),
                Map.of("rebound.ingest.publishing.timeout", "2s"))) {
      Shoppers shoppers = Shoppers.at(ingest);
      try (shoppers) {
        awaitMore(shoppers);
        link.freeze();
        awaitKafkaAway(ingest);
        await().atMost(PATIENCE).until(() -> producerErrors(ingest) > 0);
        awaitMore(shoppers);
        link.thaw();
        awaitKafka(ingest);
        awaitMore(shoppers);
      }

      assertThat(shoppers.refused()).isEmpty();
      await().atMost(PATIENCE).until(() -> kafka.eventIds().containsAll(shoppers.kept()));
    }
  }

  /** Records that the producer gave up. */
  private static double producerErrors(RunningIngest ingest) {
    return ingest
        .bean(MeterRegistry.class)
        .find("kafka.producer.record.error.total")
        .functionCounters()
        .stream()
        .mapToDouble(FunctionCounter::count)
        .max()
        .orElse(0);
  }
}
