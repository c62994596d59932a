package io.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.ingest.RunningIngest.Answer;
import io.rebound.ingest.sources.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SourcesTest {
  private static final String CONFIGURED = "/v1/sources/" + RunningIngest.SOURCE;
  private final RunningIngest ingest = RunningIngest.get();

  @Test
  void a_source_is_shown_as_it_was_made_with_the_defaults_of_what_was_left_out() {
    MadeSource source =
        MadeSource.with(
            """
            "name":"Web shop","country":"DE","currency":"EUR","date_order":"day_first",
            "product_id":"sku","consent_default":{"ads":true},"allowed_properties":["size"],
            "allowed_origins":["https://*.shop.example"],"client_ip":"with-ads-consent",
            "limit":{"events_per_second":50}\
            """);

    JsonNode shown = ingest.admin("GET", source.path(), "").body();

    assertThat(shown.path("id").asString()).isEqualTo(source.id());
    assertThat(shown.path("name").asString()).isEqualTo("Web shop");
    assertThat(shown.path("action_source").asString()).isEqualTo("website");
    assertThat(shown.path("date_order").asString()).isEqualTo("day_first");
    assertThat(shown.path("product_id").asString()).isEqualTo("sku");
    assertThat(shown.path("consent_default").path("ads").booleanValue()).isTrue();
    assertThat(shown.path("consent_default").path("messaging").booleanValue()).isFalse();
    assertThat(shown.path("allowed_origins").path(0).asString())
        .isEqualTo("https://*.shop.example");
    assertThat(shown.path("client_ip").asString()).isEqualTo("with_ads_consent");
    assertThat(shown.path("user_agent").asString()).isEqualTo("keep");
    assertThat(shown.path("limit").path("events_per_second").longValue()).isEqualTo(50);
    assertThat(shown.path("allowed_query_parameters").size()).isEqualTo(5);
    assertThat(shown.path("configured").booleanValue()).isFalse();
    assertThat(shown.path("enabled").booleanValue()).isTrue();
    assertThat(shown.path("created_by").asString()).isEqualTo("tests");
    assertThat(shown.has("keys")).isFalse();
  }

  @Test
  void what_was_read_can_be_put_back_with_a_change() {
    MadeSource source = MadeSource.with("\"currency\":\"EUR\"");
    Answer read = ingest.admin("GET", source.path(), "");

    Answer put = ingest.admin("PUT", source.path(), read.response().body().replace("EUR", "USD"));

    assertThat(put.status()).as("%s", put.body()).isEqualTo(200);
    assertThat(put.body().path("currency").asString()).isEqualTo("USD");
    assertThat(put.body().path("revision").longValue())
        .isGreaterThan(read.body().path("revision").longValue());
  }

  @Test
  void a_change_of_what_was_read_does_not_undo_what_somebody_else_changed_meanwhile() {
    MadeSource source = MadeSource.with("\"currency\":\"EUR\"");
    String read = etag(ingest.admin("GET", source.path(), ""));
    Answer others = changed(source, "PUT", "{\"currency\":\"USD\"}", read);
    assertThat(others.status()).isEqualTo(200);

    Answer late = changed(source, "PUT", "{\"currency\":\"GBP\"}", read);

    assertThat(late.status()).isEqualTo(412);
    assertThat(late.body().path("detail").asString()).contains("has changed since");
    assertThat(changed(source, "DELETE", "", read).status()).isEqualTo(412);
    Answer now = ingest.admin("GET", source.path(), "");
    assertThat(now.body().path("currency").asString()).isEqualTo("USD");
    assertThat(now.body().path("enabled").booleanValue()).isTrue();
    assertThat(etag(now)).isEqualTo(etag(others)).isNotEqualTo(read);
    assertThat(changed(source, "PUT", "{}", "W/" + etag(now)).status()).isEqualTo(412);
    assertThat(changed(source, "PUT", "{}", "\"x\", " + etag(now)).status()).isEqualTo(200);
    assertThat(changed(source, "PUT", "{}", "*").status()).isEqualTo(200);
    Answer unreadable = changed(source, "PUT", "{}", "3");
    assertThat(unreadable.status()).isEqualTo(400);
    assertThat(unreadable.body().path("errors").path(0).path("field").asString())
        .isEqualTo("If-Match");
    String last = etag(ingest.admin("GET", source.path(), ""));
    assertThat(changed(source, "DELETE", "", last).status()).isEqualTo(204);
    assertThat(changed(source, "DELETE", "", last).status()).as("it is off").isEqualTo(204);
  }

  private Answer changed(MadeSource source, String method, String body, String ifMatch) {
    return ingest.admin(method, source.path(), body, Map.of("If-Match", ifMatch));
  }

  private static String etag(Answer answer) {
    return answer.response().headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void a_source_works_as_it_is_defined_at_once() {
    MadeSource source = MadeSource.with("\"currency\":\"EUR\"");
    String key = MadeSource.clear(source.newKey());
    String id = UUID.randomUUID().toString();
    String order =
        "{\"writeKey\":\"%s\",\"event\":\"Order Completed\",\"messageId\":\"%s\",\"userId\":\"u\",\"properties\":{\"total\":1}}";

    assertThat(
            ingest
                .post("/v1/track", order.formatted(key, id).getBytes(), java.util.Map.of())
                .status())
        .isEqualTo(200);
    assertThat(ingest.event(id).source()).isEqualTo(source.id());
    assertThat(ingest.event(id).customData()).containsEntry("currency", "EUR");

    ingest.admin("PUT", source.path(), "{}");
    assertThat(
            ingest
                .post("/v1/track", order.formatted(key, id).getBytes(), java.util.Map.of())
                .status())
        .as("a purchase without currency")
        .isEqualTo(400);
  }

  @Test
  void a_deleted_source_answers_404_to_its_key_until_it_is_put_again() {
    MadeSource source = MadeSource.with("");
    String key = MadeSource.clear(source.newKey());

    assertThat(ingest.admin("DELETE", source.path(), "").status()).isEqualTo(204);
    assertThat(ingest.admin("DELETE", source.path(), "").status()).isEqualTo(204);
    Answer off = MadeSource.track(ingest, key, "e1");
    assertThat(off.status()).isEqualTo(404);
    assertThat(off.body().path("code").asString()).isEqualTo("source_disabled");
    assertThat(off.body().path("errors").path(0).path("field").asString()).isEqualTo("writeKey");
    Answer graph =
        ingest.post(
            "/v1/events?access_token=" + key, "{\"data\":[{}]}".getBytes(), java.util.Map.of());
    assertThat(graph.status()).isEqualTo(404);
    assertThat(graph.body().path("error").path("code").intValue()).isEqualTo(100);
    assertThat(graph.body().path("error").path("error_subcode").intValue()).isEqualTo(33);
    JsonNode shown = ingest.admin("GET", source.path(), "").body();
    assertThat(shown.path("enabled").booleanValue()).isFalse();
    assertThat(ingest.bean(Sources.class).of(key)).isEmpty();

    assertThat(ingest.admin("PUT", source.path(), "{}").status()).isEqualTo(200);
    assertThat(MadeSource.track(ingest, key, "e1").status()).isEqualTo(200);
    assertThat(ingest.bean(Sources.class).of(key))
        .isEqualTo(ingest.bean(Sources.class).named(source.id()))
        .isPresent();
  }

  @Test
  void a_configured_source_is_shown_and_cannot_be_changed() {
    JsonNode shown = ingest.admin("GET", CONFIGURED, "").body();
    assertThat(shown.path("configured").booleanValue()).isTrue();
    assertThat(shown.path("country").asString()).isEqualTo("DE");
    assertThat(shown.has("keys")).isFalse();

    for (Answer refused :
        List.of(
            ingest.admin("PUT", CONFIGURED, "{}"),
            ingest.admin("DELETE", CONFIGURED, ""),
            ingest.admin("POST", "/v1/sources", "{\"id\":\"" + RunningIngest.SOURCE + "\"}"))) {
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.body().path("detail").asString()).contains("rebound.ingest.sources");
    }
    assertThat(MadeSource.track(ingest, RunningIngest.WRITE_KEY, "e2").status()).isEqualTo(200);
  }

  @Test
  void what_exists_is_not_made_again_and_what_does_not_is_not_found() {
    MadeSource source = MadeSource.with("");

    assertThat(ingest.admin("POST", "/v1/sources", "{\"id\":\"" + source.id() + "\"}").status())
        .isEqualTo(409);
    for (Answer missing :
        List.of(
            ingest.admin("GET", "/v1/sources/nowhere", ""),
            ingest.admin("PUT", "/v1/sources/nowhere", "{}"),
            ingest.admin("DELETE", "/v1/sources/nowhere", ""),
            ingest.admin("GET", "/v1/sources/%00", ""),
            ingest.admin("DELETE", "/v1/sources/%00", ""),
            ingest.admin("DELETE", source.path() + "/keys/%00", ""),
            ingest.admin("GET", "/v1/sources/nowhere/keys", ""),
            ingest.admin("POST", "/v1/sources/nowhere/keys", "{\"name\":\"x\"}"),
            ingest.admin("DELETE", source.path() + "/keys/key-000000000000", ""))) {
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.body().path("detail").asString()).startsWith("There is no such");
    }
  }

  @Test
  void the_list_has_all_of_them_page_by_page() {
    for (int i = 0; i < 3; i++) {
      MadeSource.with("");
    }

    var all = new ArrayList<String>();
    String after = "";
    do {
      JsonNode page = ingest.admin("GET", "/v1/sources?limit=2" + after, "").body();
      assertThat(page.path("data").size()).isLessThanOrEqualTo(2);
      page.path("data").valueStream().forEach(one -> all.add(one.path("id").asString()));
      after = page.has("next") ? "&after=" + page.path("next").asString() : "";
    } while (!after.isEmpty());

    assertThat(all).isSorted().doesNotHaveDuplicates().contains(RunningIngest.SOURCE);
    assertThat(all).hasSizeGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "body                     | []",
        "body                     | {\"id\":",
        "body                     | ''",
        "id                       | {}",
        "id                       | {\"id\":\"a/b\"}",
        "id                       | {\"id\":[\"x\"]}",
        "name                     | {\"id\":\"x\",\"name\":\" \"}",
        "name                     | {\"id\":\"x\",\"name\":\"a\\u0000b\"}",
        "keys                     | {\"id\":\"x\",\"keys\":[\"aa\"]}",
        "alowed_origins           | {\"id\":\"x\",\"alowed_origins\":[]}",
        "action_source            | {\"id\":\"x\",\"action_source\":\"moon\"}",
        "country                  | {\"id\":\"x\",\"country\":\"Germany\"}",
        "currency                 | {\"id\":\"x\",\"currency\":\"euro\"}",
        "date_order               | {\"id\":\"x\",\"date_order\":\"later\"}",
        "product_id               | {\"id\":\"x\",\"product_id\":\"ean\"}",
        "consent_default.ads      | {\"id\":\"x\",\"consent_default\":{\"ads\":\"maybe\"}}",
        "consent_default.add      | {\"id\":\"x\",\"consent_default\":{\"add\":true}}",
        "allowed_properties       | {\"id\":\"x\",\"allowed_properties\":[\"\"]}",
        "allowed_query_parameters | {\"id\":\"x\",\"allowed_query_parameters\":\"utm\"}",
        "allowed_origins[1]       | {\"id\":\"x\",\"allowed_origins\":[\"https://a.example\",\"a.example\"]}",
        "allowed_origins[0]       | {\"id\":\"x\",\"allowed_origins\":[\"https://a.example:443\"]}",
        "limit.events_per_second  | {\"id\":\"x\",\"limit\":{\"events_per_second\":-1}}",
        "limit.events_per_second  | {\"id\":\"x\",\"limit\":{\"burst\":5}}",
        "limit.burst              | {\"id\":\"x\",\"limit\":{\"events_per_second\":5,\"burst\":0}}",
        "client_ip                | {\"id\":\"x\",\"client_ip\":\"sometimes\"}",
        "user_agent               | {\"id\":\"x\",\"user_agent\":7}"
      })
  void whatCannotBeIsRefusedWithItsField(String field, String body) {
    Answer answer = ingest.admin("POST", "/v1/sources", body);

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
    assertThat(answer.body().path("errors").path(0).path("field").asString()).isEqualTo(field);
    assertThat(ingest.admin("GET", "/v1/sources/x", "").status()).isEqualTo(404);
  }

  @Test
  void a_page_that_cannot_be_is_refused_with_its_field() {
    for (String path : List.of("/v1/sources", CONFIGURED + "/keys")) {
      Answer answer = ingest.admin("GET", path + "?after=%00", "");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body().path("errors").path(0).path("field").asString()).isEqualTo("after");
    }
  }

  @Test
  void the_body_of_a_put_names_no_other_source() {
    MadeSource source = MadeSource.with("");

    Answer answer = ingest.admin("PUT", source.path(), "{\"id\":\"other\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errors").path(0).path("field").asString()).isEqualTo("id");
  }

  @Test
  void every_change_is_audited() {
    MadeSource source = MadeSource.with("");
    String key = source.newKey().path("id").asString();
    ingest.admin("PUT", source.path(), "{}");
    ingest.admin("DELETE", source.path() + "/keys/" + key, "");
    ingest.admin("DELETE", source.path(), "");

    JsonNode audit =
        ingest.admin("GET", "/v1/audit?subject=source:" + source.id(), "").body().path("data");

    assertThat(audit.valueStream().map(one -> one.path("action").asString()))
        .containsExactly(
            "source.disabled",
            "source.key.revoked",
            "source.changed",
            "source.key.created",
            "source.created");
    assertThat(audit.valueStream().map(one -> one.path("actor").asString())).containsOnly("tests");
    assertThat(audit.path(1).path("details").path("key").asString()).isEqualTo(key);
  }
}
