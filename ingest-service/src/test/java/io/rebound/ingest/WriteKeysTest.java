package io.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.ingest.RunningIngest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class WriteKeysTest {
  private final RunningIngest ingest = RunningIngest.get();

  @Test
  void a_key_is_rotated_while_both_are_live() {
    MadeSource source = MadeSource.with("");
    JsonNode old = source.newKey();
    JsonNode fresh = source.newKey();

    assertThat(status(old)).isEqualTo(200);
    assertThat(status(fresh)).isEqualTo(200);
    assertThat(revoke(source, old).status()).isEqualTo(204);

    assertThat(status(old)).isEqualTo(401);
    assertThat(status(fresh)).isEqualTo(200);
    assertThat(revoke(source, old).status()).as("again").isEqualTo(204);
  }

  @Test
  void another_instance_goes_by_a_change_within_seconds() {
    MadeSource source = MadeSource.with("");
    JsonNode before = source.newKey();
    RunningIngest other = ingest.beside(Map.of());
    assertThat(MadeSource.track(other, MadeSource.clear(before), "e").status()).isEqualTo(200);

    JsonNode fresh = source.newKey();
    revoke(source, before);

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          assertThat(MadeSource.track(other, MadeSource.clear(fresh), "e").status()).isEqualTo(200);
          assertThat(MadeSource.track(other, MadeSource.clear(before), "e").status())
              .isEqualTo(401);
        });
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void a_key_is_shown_once_and_kept_nowhere(CapturedOutput log) {
    MadeSource source = MadeSource.with("");
    Answer made = ingest.admin("POST", source.path() + "/keys", "{\"name\":\"web\"}");
    String key = MadeSource.clear(made.body());
    assertThat(key).matches("rbw_[0-9a-f]{40}"); // 160 random bits
    assertThat(made.response().headers().firstValue("Cache-Control")).contains("no-store");
    MadeSource.track(ingest, key, UUID.randomUUID().toString());
    ingest.post(
        "/v1/track",
        "{".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        Map.of("Authorization", RunningIngest.basic(key)));

    String listed = ingest.admin("GET", source.path() + "/keys", "").response().body();

    assertThat(listed).contains(made.body().path("id").asString()).doesNotContain(key);
    assertThat(listed).doesNotContain("sha256");
    assertThat(rows("write_key") + rows("source") + rows("audit_entry"))
        .contains(source.id())
        .doesNotContain(key);
    assertThat(log.getAll()).doesNotContain(key);
  }

  private List<String> rowsOf(String table) {
    return ingest
        .bean(JdbcClient.class)
        .sql("select t::text from " + table + " t")
        .query(String.class)
        .list();
  }

  private String rows(String table) {
    return String.join("\n", rowsOf(table));
  }

  @Test
  void the_list_names_keys_with_what_became_of_them() {
    MadeSource source = MadeSource.with("");
    JsonNode revoked = source.newKey();
    revoke(source, revoked);
    source.newKey();
    source.newKey();

    JsonNode first = ingest.admin("GET", source.path() + "/keys?limit=2", "").body();
    JsonNode second =
        ingest
            .admin(
                "GET", source.path() + "/keys?limit=2&after=" + first.path("next").asString(), "")
            .body();

    assertThat(first.path("data").size()).isEqualTo(2);
    assertThat(second.path("data").size()).isEqualTo(1);
    assertThat(second.has("next")).isFalse();
    JsonNode gone =
        java.util.stream.Stream.of(first, second)
            .flatMap(page -> page.path("data").valueStream())
            .filter(key -> key.path("id").asString().equals(revoked.path("id").asString()))
            .toList()
            .getFirst();
    assertThat(gone.path("name").asString()).isEqualTo("web");
    assertThat(gone.path("created_by").asString()).isEqualTo("tests");
    assertThat(Instant.parse(gone.path("revoked_at").asString()))
        .isAfterOrEqualTo(Instant.parse(gone.path("created_at").asString()));
  }

  @Test
  void a_configured_source_gets_further_keys_and_keeps_its_own() {
    String path = "/v1/sources/" + RunningIngest.SOURCE + "/keys";
    JsonNode made = ingest.admin("POST", path, "{\"name\":\"more\"}").body();
    assertThat(status(made)).isEqualTo(200);

    JsonNode own = ingest.admin("GET", path, "").body().path("data").path(0);
    assertThat(own.path("configured").booleanValue()).isTrue();
    Answer refused = ingest.admin("DELETE", path + "/" + own.path("id").asString(), "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().path("detail").asString()).contains("rebound.ingest.sources");
    assertThat(MadeSource.track(ingest, RunningIngest.WRITE_KEY, "e").status()).isEqualTo(200);

    assertThat(ingest.admin("DELETE", path + "/" + made.path("id").asString(), "").status())
        .isEqualTo(204);
    assertThat(status(made)).isEqualTo(401);
  }

  @Test
  void a_key_is_revoked_only_at_its_own_source() {
    MadeSource one = MadeSource.with("");
    MadeSource other = MadeSource.with("");
    JsonNode key = one.newKey();

    assertThat(revoke(other, key).status()).isEqualTo(404);
    assertThat(status(key)).isEqualTo(200);
  }

  @Test
  void an_expired_key_opens_nothing() {
    MadeSource source = MadeSource.with("");
    JsonNode key =
        ingest
            .admin(
                "POST",
                source.path() + "/keys",
                "{\"name\":\"campaign\",\"expires_at\":\"%s\"}"
                    .formatted(Instant.now().plusSeconds(3600)))
            .body();
    assertThat(key.path("expires_at").asString()).isNotEmpty();
    assertThat(status(key)).isEqualTo(200);

    ingest
        .bean(JdbcClient.class)
        .sql("update write_key set expires_at = now() - interval '1 second' where id = :id")
        .param("id", key.path("id").asString())
        .update();
    source.newKey(); // so that keys are read again

    assertThat(status(key)).isEqualTo(401);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "body       | x",
        "name       | {}",
        "name       | {\"name\":\"\"}",
        "nam        | {\"nam\":\"web\"}",
        "expires_at | {\"name\":\"web\",\"expires_at\":\"2020-01-01T00:00:00Z\"}",
        "expires_at | {\"name\":\"web\",\"expires_at\":\"+200000-01-01T00:00:00Z\"}",
        "expires_at | {\"name\":\"web\",\"expires_at\":\"tomorrow\"}"
      })
  void aKeyThatCannotBeIsRefusedWithItsField(String field, String body) {
    Answer answer = ingest.admin("POST", "/v1/sources/" + RunningIngest.SOURCE + "/keys", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errors").path(0).path("field").asString()).isEqualTo(field);
  }

  private int status(JsonNode key) {
    return MadeSource.track(ingest, MadeSource.clear(key), UUID.randomUUID().toString()).status();
  }

  private Answer revoke(MadeSource source, JsonNode key) {
    return ingest.admin("DELETE", source.path() + "/keys/" + key.path("id").asString(), "");
  }
}
