package io.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.ingest.RunningIngest.Answer;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An instance that starts without its database, gets it, and loses it. */
class DatabaseAwayTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void configured_keys_work_without_it_and_the_others_as_soon_and_as_long_as_they_were_read()
      throws IOException {
    Database database = TestServers.postgres().createDatabase("ingest");
    try (var way = new WayToDatabase(database.jdbcUrl())) {
      RunningIngest ingest =
          RunningIngest.get()
              .beside(
                  Map.of(
                      "spring.datasource.url", way.jdbcUrl(),
                      "spring.datasource.username", database.user(),
                      "spring.datasource.password", database.password(),
                      "spring.datasource.hikari.connection-timeout", 1000));

      assertThat(track(ingest, RunningIngest.WRITE_KEY).status()).isEqualTo(200);
      Answer notKnown = track(ingest, "rbw_not-read-yet");
      assertThat(notKnown.status()).isEqualTo(503);
      assertThat(notKnown.response().headers().firstValue("Retry-After")).isPresent();
      assertThat(notKnown.body().path("code").asString()).isEqualTo("key_not_known_yet");
      assertThat(ingest.get("/actuator/health/readiness", null).status()).isEqualTo(200);
      assertThat(ingest.admin("POST", "/v1/sources", "{\"id\":\"late\"}").status()).isEqualTo(503);

      way.open();
      await()
          .atMost(LONG)
          .until(() -> ingest.admin("POST", "/v1/sources", "{\"id\":\"late\"}").status() == 201);
      String key =
          MadeSource.clear(
              ingest.admin("POST", "/v1/sources/late/keys", "{\"name\":\"web\"}").body());
      assertThat(track(ingest, key).status()).isEqualTo(200);
      assertThat(track(ingest, "rbw_wrong").status()).isEqualTo(401);

      way.close();
      await().atMost(LONG).until(() -> ingest.admin("GET", "/v1/sources/late", "").status() == 503);
      assertThat(track(ingest, key).status()).as("the last that was read stays").isEqualTo(200);
    }
  }

  private static Answer track(RunningIngest at, String key) {
    return MadeSource.track(at, key, UUID.randomUUID().toString());
  }
}
