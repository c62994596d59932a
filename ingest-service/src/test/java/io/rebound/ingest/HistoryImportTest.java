package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest.Answer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happened long ago builds profiles whichever way it comes; Meta isn't told. */
class HistoryImportTest {
  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/track                  | {\"event\":\"Order Completed\",\"messageId\":\"ID\",\"userId\":\"u\",\"timestamp\":\"2019-03-01T10:00:00Z\",\"properties\":{\"total\":1,\"currency\":\"EUR\"}}",
        "/v1/batch                  | {\"batch\":[{\"type\":\"track\",\"event\":\"Order Completed\",\"messageId\":\"ID\",\"userId\":\"u\",\"timestamp\":\"2019-03-01T10:00:00Z\",\"properties\":{\"total\":1,\"currency\":\"EUR\"}}]}",
        "/v1/import                 | {\"batch\":[{\"type\":\"track\",\"event\":\"Order Completed\",\"messageId\":\"ID\",\"userId\":\"u\",\"timestamp\":\"2019-03-01T10:00:00Z\",\"properties\":{\"total\":1,\"currency\":\"EUR\"}}]}",
        "/v1/events?access_token=KEY | {\"data\":[{\"event_name\":\"Purchase\",\"event_time\":1551434400,\"event_id\":\"ID\",\"action_source\":\"website\",\"user_data\":{\"em\":\"a@b.example\"},\"custom_data\":{\"value\":1,\"currency\":\"EUR\"}}]}",
        "/v1/imports/segment-events | {\"type\":\"track\",\"event\":\"Order Completed\",\"messageId\":\"ID\",\"userId\":\"u\",\"timestamp\":\"2019-03-01T10:00:00Z\",\"properties\":{\"total\":1,\"currency\":\"EUR\"}}",
        "/v1/imports/meta-events    | {\"event_name\":\"Purchase\",\"event_time\":1551434400,\"event_id\":\"ID\",\"action_source\":\"website\",\"user_data\":{\"em\":\"a@b.example\"},\"custom_data\":{\"value\":1,\"currency\":\"EUR\"}}",
        "/v1/imports/offline-events | event_id,email,event_time,value,currency~ID,a@b.example,2019-03-01 10:00,1,EUR"
      })
  void historyIsTakenAtEveryDoor(String path, String body) {
    Answer answer =
        ingest.post(
            path.replace("KEY", RunningIngest.WRITE_KEY),
            body.replace("ID", id).replace('~', '\n'));

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    TrackedEvent event = ingest.event(id);
    assertThat(event.name()).isEqualTo("Purchase");
    assertThat(event.at()).isEqualTo(Instant.parse("2019-03-01T10:00:00Z"));
    assertThat(event.isHistory()).isTrue();
  }

  @Test
  void lines_at_fault_are_named_and_a_line_without_an_id_counts_once() {
    String file =
        """
        {"type":"track","event":"A","messageId":"%1$s","userId":"u","timestamp":"2019-03-01T10:00:00Z"}

        {"type":"track","event":"%1$s","userId":"u","timestamp":"2019-03-01T10:00:00Z"}
        no json
        {"type":"track","userId":"u"}
        [1]
        """
            .formatted(id);
    int before = ingest.count(RunningIngest.SOURCE);

    Answer first = ingest.post("/v1/imports/segment-events", file);
    ingest.post("/v1/imports/segment-events", file);

    assertThat(first.body().path("rows").intValue()).isEqualTo(5);
    assertThat(first.body().path("accepted").intValue()).isEqualTo(2);
    assertThat(
            first
                .body()
                .path("errors")
                .valueStream()
                .map(error ->
                    error.path("row").intValue()
                        + "/"
                        + error.path("line").intValue()
                        + " "
                        + error.path("field").stringValue()))
        .containsExactly("3/4 event", "4/5 event", "5/6 event");
    assertThat(ingest.count(RunningIngest.SOURCE)).isEqualTo(before + 2);
  }

  @Test
  void a_line_without_end_stops_the_import() {
    Answer answer =
        ingest.post(
            "/v1/imports/meta-events",
            ("{\"a\":\"" + "x".repeat(70_000) + "\"}").getBytes(UTF_8),
            Map.of("Authorization", RunningIngest.basic(RunningIngest.WRITE_KEY)));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().path("errors").get(0).path("field").stringValue()).isEqualTo("line 1");
  }
}
