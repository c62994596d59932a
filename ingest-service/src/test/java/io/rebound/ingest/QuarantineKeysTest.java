package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.ingest.RunningIngest.Answer;
import io.rebound.localservers.TestServers;
import io.rebound.sealing.KeyRotation;
import io.rebound.startup.WatchedFiles;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The quarantine's keys come and go while a door refuses events. */
class QuarantineKeysTest {
  private static RunningIngest ingest;

  @BeforeAll
  static void startOneWithItsOwnKeys() throws Exception {
    ingest =
        RunningIngest.start(
            TestServers.postgres().createDatabase("ingest"),
            TestServers.kafkaBootstrap(),
            Map.of());
  }

  @AfterAll
  static void stop() {
    ingest.close();
  }

  @Test
  void what_was_refused_under_a_dropped_key_is_passed_by_and_stops_nothing() {
    long before = refused();
    var rotation = new KeyRotation(ingest.keys());
    KeyRotation.Replaced keys = rotation.quarantine();
    ingest.bean(WatchedFiles.class).look();
    long after = refused();
    assertThat(body(before).status()).isEqualTo(200);
    assertThat(body(after).status()).isEqualTo(200);

    rotation.dropQuarantineKey(keys.old());
    ingest.bean(WatchedFiles.class).look();

    Answer gone = body(before);
    assertThat(gone.status()).isEqualTo(409);
    assertThat(gone.response().headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
    assertThat(body(after).body().path("body").asString()).isEqualTo("{\"userId\":\"u\"}");
    JsonNode replay = replayed();
    assertThat(replay.path("matching").intValue()).isEqualTo(2);
    assertThat(replay.path("still_rejected").intValue()).isEqualTo(2);
    assertThat(row(before).path("reason").asString())
        .isEqualTo("can't be opened with any of the quarantine's keys");
    assertThat(row(after).path("reason").asString()).startsWith("must be given");
  }

  private static long refused() {
    ingest.post("/v1/track", "{\"userId\":\"u\"}");
    return ingest
        .get("/v1/rejected-events?limit=1", RunningIngest.ADMIN_KEY)
        .body()
        .path("data")
        .path(0)
        .path("id")
        .longValue();
  }

  private static JsonNode row(long id) {
    return ingest.get("/v1/rejected-events/" + id, RunningIngest.ADMIN_KEY).body();
  }

  private static Answer body(long id) {
    return ingest.get("/v1/rejected-events/" + id + "?body=true", RunningIngest.ADMIN_KEY);
  }

  private static JsonNode replayed() {
    long id =
        ingest
            .post(
                "/v1/rejected-events/replay",
                "{\"door\":\"track\"}".getBytes(UTF_8),
                Map.of(
                    "Authorization",
                    "Bearer " + RunningIngest.ADMIN_KEY,
                    "Content-Type",
                    "application/json"))
            .body()
            .path("replay_id")
            .longValue();
    String progress = "/v1/replays/" + id;
    return await()
        .until(
            () -> ingest.get(progress, RunningIngest.ADMIN_KEY).body(),
            body -> body.path("state").asString().equals("done"));
  }
}
