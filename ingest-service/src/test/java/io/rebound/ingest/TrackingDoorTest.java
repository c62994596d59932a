package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.Contact;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.MatchKeys;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest.Answer;
import io.rebound.sealing.Opener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackingDoorTest {
  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @Test
  void an_order_becomes_a_purchase_with_metas_names_and_sealed_keys() {
    Answer answer =
        ingest.post(
            "/v1/track",
            """
            {"event":"Order Completed","messageId":"%s","userId":"user-42","anonymousId":"anon-1",
             "timestamp":"%s",
             "properties":{"order_id":"o-1","total":59.80,"currency":"EUR","size":"M","secret":"x",
               "products":[{"product_id":"shirt-1","price":29.90,"quantity":2}]},
             "context":{"ip":"192.0.2.7","userAgent":"Mozilla/5.0",
               "page":{"url":"https://shop.example/thanks?utm_source=mail&email=joe@eg.com"},
               "traits":{"email":" Joe@EG.com ","phone":"0151 12345678","firstName":"Joe"}}}
            """
                .formatted(id, Instant.now().minusSeconds(60)));

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(answer.body().path("success").booleanValue()).isTrue();
    TrackedEvent event = ingest.event(id);
    assertThat(event.name()).isEqualTo("Purchase");
    assertThat(event.source()).isEqualTo(RunningIngest.SOURCE);
    assertThat(event.customData())
        .containsEntry("value", new BigDecimal("59.80"))
        .containsEntry("currency", "EUR")
        .containsEntry("order_id", "o-1")
        .containsEntry("content_ids", List.of("shirt-1"))
        .containsEntry("size", "M")
        .doesNotContainKey("secret");
    assertThat(event.eventSourceUrl()).isEqualTo("https://shop.example/thanks?utm_source=mail");
    assertThat(event.identifiers().stream().map(Identifier::type))
        .containsExactly(
            IdentifierType.EXTERNAL_ID,
            IdentifierType.EMAIL,
            IdentifierType.PHONE, // the documented hash's pseudonym and the SDK's
            IdentifierType.PHONE,
            IdentifierType.ANONYMOUS_ID);
    assertThat(event.consent().assumed()).containsEntry(Purpose.ADS, true);
    MatchKeys keys =
        Opener.fromPrivateKeyset(ingest.keys().resolve("capi-sync.private.json"))
            .open(event.matchKeys(), event.key(), MatchKeys.class);
    assertThat(keys.values())
        .containsEntry(
            "em", List.of("8830eedd6c6b5ea97d181563a349476ca1bb25ace1f94b5c5e48d9cad727941b"))
        .containsEntry(
            "external_id",
            List.of("6d894aa3ee802549d7f340e7c1cf0d1c1cb14cd84f768d92ffaa6785337c4997"))
        .containsKeys("ph", "fn");
    Contact contact =
        Opener.fromPrivateKeyset(ingest.keys().resolve("whatsapp.private.json"))
            .open(event.contact(), event.key(), Contact.class);
    assertThat(contact).isEqualTo(new Contact("+4915112345678", "Joe", null));
  }

  @Test
  void no_record_holds_anything_that_leads_back_to_the_person() {
    ingest.post(
        "/v1/identify",
        """
        {"messageId":"%s","userId":"ada@shop.example","traits":{"email":"ada@shop.example",
         "phone":"+49 151 98765432","firstName":"Adalovelace","lastName":"Lovelaceada"}}
        """
            .formatted(id));

    assertThat(ingest.record(id))
        .doesNotContain("ada@shop.example", "98765432", "Adalovelace", "Lovelaceada")
        .doesNotContain("adalovelace", "lovelaceada")
        // sha256 of the address
        .doesNotContain("9bb6b4b6", "ada%40shop.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/track", "/v1/t"})
  void the_short_paths_are_the_same_doors(String path) {
    Answer answer =
        ingest.post(
            path, "{\"event\":\"Looked\",\"messageId\":\"%s\",\"userId\":\"u\"}".formatted(id));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(ingest.event(id).name()).isEqualTo("Looked");
  }

  @Test
  void a_batch_keeps_its_good_events_and_names_the_bad_ones() {
    String second = UUID.randomUUID().toString();
    Answer answer =
        ingest.post(
            "/v1/batch",
            """
            {"batch":[
              {"type":"track","event":"A","messageId":"%s","userId":"u1"},
              {"type":"track","messageId":"no-name","userId":"u1"},
              {"type":"track","event":"B","messageId":"%s","userId":"u1"}]}
            """
                .formatted(id, second));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("accepted").intValue()).isEqualTo(2);
    assertThat(answer.body().path("rejected").size()).isEqualTo(1);
    assertThat(answer.body().path("rejected").get(0).path("index").intValue()).isEqualTo(1);
    assertThat(answer.body().path("rejected").get(0).path("field").stringValue())
        .isEqualTo("event");
    assertThat(ingest.event(id).name()).isEqualTo("A");
    assertThat(ingest.event(second).name()).isEqualTo("B");
  }

  @Test
  void what_of_a_batch_can_not_be_understood_is_refused_alone_and_kept_to_the_byte() {
    String text = "\"no \\u00e9vent, \\\"at\\\" all\"";
    String endless = "{\"type\":\"track\",\"event\":\"A\",\"properties\":{\"x\":1E39116796389}}";
    Answer answer =
        ingest.post(
            "/v1/batch",
            """
            {"batch":[%s, %s ,17,{"type":"track","event":"B","messageId":"%s","userId":"u1"}]}
            """
                .formatted(text, endless, id));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("accepted").intValue()).isEqualTo(1);
    assertThat(answer.body().path("rejected").valueStream().map(one -> one.path("index")))
        .map(index -> index.intValue())
        .containsExactly(0, 1, 2);
    assertThat(ingest.event(id).name()).isEqualTo("B");
    Answer quarantined = ingest.get("/v1/rejected-events?limit=3", RunningIngest.ADMIN_KEY);
    assertThat(quarantined.body().path("data").valueStream().map(one -> one.path("bytes")))
        .map(bytes -> bytes.intValue())
        .containsExactlyInAnyOrder(text.length(), endless.length(), 2);
  }

  @Test
  void a_gzipped_batch_is_read() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(
          "{\"batch\":[{\"type\":\"track\",\"event\":\"Z\",\"messageId\":\"%s\",\"userId\":\"u\"}]}"
              .formatted(id)
              .getBytes(UTF_8));
    }

    Answer answer =
        ingest.post(
            "/v1/batch",
            zipped.toByteArray(),
            Map.of(
                "Content-Encoding",
                "gzip",
                "Authorization",
                RunningIngest.basic(RunningIngest.WRITE_KEY)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(ingest.event(id).name()).isEqualTo("Z");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no JSON            | {\"event\":                                            | body",
        "endless exponent   | {\"event\":\"A\",\"userId\":\"u\",\"properties\":{\"x\":1E39116796389}} | body",
        "not an object      | [1,2]                                                  | body",
        "no name            | {\"userId\":\"u\"}                                     | event",
        "name is a number   | {\"event\":7,\"userId\":\"u\"}                         | event",
        "nobody             | {\"event\":\"A\"}                                      | userId",
        "user is an object  | {\"event\":\"A\",\"userId\":{}}                        | userId",
        "properties a list  | {\"event\":\"A\",\"userId\":\"u\",\"properties\":[]}   | properties",
        "context a text     | {\"event\":\"A\",\"userId\":\"u\",\"context\":\"x\"}   | context",
        "year 3000          | {\"event\":\"A\",\"userId\":\"u\",\"timestamp\":\"3000-01-01T00:00:00Z\"} | timestamp",
        "no currency        | {\"event\":\"Order Completed\",\"userId\":\"u\",\"properties\":{\"total\":1}} | properties.currency",
        "value is a word    | {\"event\":\"Order Completed\",\"userId\":\"u\",\"properties\":{\"total\":\"lots\",\"currency\":\"EUR\"}} | properties.total"
      })
  void aBadEventIsRefusedWithItsFieldAndQuarantined(String what, String body, String field) {
    Answer answer = ingest.post("/v1/track", body.strip());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.response().headers().firstValue("Content-Type"))
        .contains("application/problem+json");
    assertThat(answer.body().path("errors").get(0).path("field").stringValue()).isEqualTo(field);
    assertThat(answer.body().path("message").stringValue()).contains(field);
    Answer quarantined = ingest.get("/v1/rejected-events?limit=1", RunningIngest.ADMIN_KEY);
    assertThat(quarantined.body().path("data").get(0).path("field").stringValue()).isEqualTo(field);
    assertThat(quarantined.body().path("data").get(0).path("bytes").intValue())
        .isEqualTo(body.strip().length());
  }

  @Test
  void a_time_up_to_a_day_ahead_is_the_time_of_arrival() {
    Instant before = Instant.now();
    ingest.post(
        "/v1/track",
        "{\"event\":\"A\",\"messageId\":\"%s\",\"userId\":\"u\",\"timestamp\":\"%s\"}"
            .formatted(id, before.plus(Duration.ofHours(23))));

    assertThat(ingest.event(id).at()).isBetween(before, Instant.now());
  }

  @Test
  void a_purchase_of_long_ago_is_history() {
    ingest.post(
        "/v1/track",
        """
        {"event":"Order Completed","messageId":"%s","userId":"u","timestamp":"1997-02-16T00:00:00Z",
         "properties":{"total":1,"currency":"EUR"}}
        """
            .formatted(id));

    assertThat(ingest.event(id).isHistory()).isTrue();
    assertThat(ingest.event(id).at()).isEqualTo(Instant.parse("1997-02-16T00:00:00Z"));
  }

  @Test
  void without_a_key_or_with_a_wrong_one_nothing_is_taken() {
    byte[] body =
        "{\"event\":\"A\",\"messageId\":\"%s\",\"userId\":\"u\"}".formatted(id).getBytes(UTF_8);

    Answer missing = ingest.post("/v1/track", body, Map.of());
    Answer wrong =
        ingest.post("/v1/track", body, Map.of("Authorization", RunningIngest.basic("wrong")));

    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.body().path("message").stringValue()).contains("writeKey must be given");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body().path("message").stringValue()).contains("writeKey is not known");
    assertThat(ingest.has(id)).isFalse();
  }

  @Test
  void a_body_of_ten_megabytes_is_refused() {
    Answer answer =
        ingest.post(
            "/v1/batch",
            new byte[10_000_000],
            Map.of("Authorization", RunningIngest.basic(RunningIngest.WRITE_KEY)));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body().path("errors").get(0).path("field").stringValue()).isEqualTo("body");
  }

  @Test
  void a_write_key_in_the_body_counts() {
    Answer answer =
        ingest.post(
            "/v1/track",
            "{\"writeKey\":\"%s\",\"event\":\"A\",\"messageId\":\"%s\",\"userId\":\"u\"}"
                .formatted(RunningIngest.WRITE_KEY, id)
                .getBytes(UTF_8),
            Map.of());

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void stated_consent_travels_with_the_event() {
    ingest.post(
        "/v1/track",
        """
        {"event":"A","messageId":"%s","userId":"u",
         "context":{"consent":{"categoryPreferences":{"Advertising":false,"Analytics":true}}}}
        """
            .formatted(id));

    assertThat(ingest.event(id).consent().stated())
        .isEqualTo(Map.of(Purpose.ADS, false, Purpose.PROFILING, true));
  }
}
