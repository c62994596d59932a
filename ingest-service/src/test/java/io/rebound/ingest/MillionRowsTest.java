package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.EventJson;
import io.rebound.events.TrackedEvent;
import io.rebound.localservers.TestServers;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that are made while they are sent and stored nowhere. Every hundredth row is at fault. */
@Tag("faults")
class MillionRowsTest {
  private static final int ROWS = Integer.getInteger("rebound.faults.rows", 1_000_000);
  private static final int KILLED_ROWS = ROWS / 10;
  private static final int KILLS = 3;

  @TempDir Path folder;

  @Test
  void a_million_rows_fit_through_a_heap_of_256_megabytes() throws Exception {
    try (var ingest = new IngestProcess(folder, "-Xmx256m")) {
      long begun = System.nanoTime();
      JsonNode report = send(ingest, "million", ROWS).get();
      System.out.printf(
          "%,d rows in %,d s%n", ROWS, Duration.ofNanos(System.nanoTime() - begun).toSeconds());

      assertDone(report, ROWS);
      assertThat(inKafka("million")).isEqualTo(good(ROWS));
    }
  }

  @Test
  void an_import_whose_service_is_killed_again_and_again_loses_nothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("Kills at random moments of seed " + seed);
    var random = new Random(seed);
    try (var ingest = new IngestProcess(folder, "-Xmx256m")) {
      for (int i = 0; i < KILLS; i++) {
        CompletableFuture<JsonNode> sending = send(ingest, "killed", KILLED_ROWS);
        LockSupport.parkNanos(Duration.ofMillis(500 + random.nextInt(2_500)).toNanos());
        ingest.kill();
        try {
          sending.get(); // or the machine was faster than the kill
        } catch (ExecutionException brokenOff) {
          assertThat(brokenOff).hasCauseInstanceOf(IOException.class);
        }
        ingest.start();
      }

      assertDone(send(ingest, "killed", KILLED_ROWS).get(), KILLED_ROWS);
      assertThat(inKafka("killed")).isEqualTo(good(KILLED_ROWS));
    }
  }

  private static void assertDone(JsonNode report, int rows) {
    assertThat(report.path("state").asString()).as("%s", report).isEqualTo("done");
    assertThat(report.path("rows").intValue()).isEqualTo(rows);
    assertThat(report.path("rejected").intValue()).isEqualTo(rows / 100);
    assertThat(report.path("accepted").intValue()).isEqualTo(rows - rows / 100);
  }

  private static CompletableFuture<JsonNode> send(IngestProcess ingest, String name, int rows) {
    HttpRequest request =
        HttpRequest.newBuilder(ingest.at("/v1/imports/offline-events"))
            .header("Authorization", RunningIngest.basic(RunningIngest.WRITE_KEY))
            .header("Idempotency-Key", name)
            .POST(BodyPublishers.ofInputStream(() -> new Rows(name, rows)))
            .build();
    return HttpClient.newHttpClient()
        .sendAsync(request, BodyHandlers.ofString())
        .thenApply(HttpResponse::body)
        .thenApply(JsonMapper.shared()::readTree);
  }

  private static BitSet good(int rows) {
    var good = new BitSet(rows + 1);
    good.set(1, rows + 1);
    for (int row = 100; row <= rows; row += 100) {
      good.clear(row);
    }
    return good;
  }

  /** The numbers of the rows whose events lie in the topic. */
  private static BitSet inKafka(String name) {
    var found = new BitSet();
    try (var consumer = EventsInKafka.consumer(TestServers.kafkaBootstrap())) {
      Set<TopicPartition> partitions = consumer.assignment();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          String id = EventJson.MAPPER.readValue(record.value(), TrackedEvent.class).eventId();
          if (id.startsWith(name + "-")) {
            found.set(Integer.parseInt(id.substring(name.length() + 1)));
          }
        }
      }
    }
    return found;
  }

  private static final class Rows extends InputStream {
    private final String name;
    private final int last;
    private byte[] row = "event_id,email,event_time,value,currency\n".getBytes(UTF_8);
    private int at;
    private int number;

    Rows(String name, int last) {
      this.name = name;
      this.last = last;
    }

    @Override
    public int read() {
      return at < row.length || next() ? row[at++] : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (at == row.length && !next()) {
        return -1;
      }
      int count = Math.min(length, row.length - at);
      System.arraycopy(row, at, into, offset, count);
      at += count;
      return count;
    }

    private boolean next() {
      if (number == last) {
        return false;
      }
      number++;
      at = 0;
      row =
          "%s-%d,customer%d@shop.example,2026-11-20 10:00,%s,EUR\n"
              .formatted(name, number, number, number % 100 == 0 ? "free" : "9.90")
              .getBytes(UTF_8);
      return true;
    }
  }
}
