package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.ActionSource;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest.Answer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionsDoorTest {
  private static final String HASH =
      "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f";
  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @Test
  void a_request_as_meta_takes_it_is_answered_as_meta_does() {
    Answer answer =
        post(
            """
            {"data":[{"event_name":"Purchase","event_time":%d,"event_id":"%s",
              "action_source":"physical_store",
              "user_data":{"em":["%s"],"external_id":"user-42","client_ip_address":"192.0.2.1"},
              "custom_data":{"value":12.50,"currency":"eur","order_id":"o-2"},
              "consent":{"ads":true}}]}
            """
                .formatted(now(), id, HASH));

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(answer.body().path("events_received").intValue()).isEqualTo(1);
    assertThat(answer.body().path("messages").isArray()).isTrue();
    assertThat(answer.body().path("fbtrace_id").stringValue()).isNotBlank();
    TrackedEvent event = ingest.event(id);
    assertThat(event.actionSource()).isEqualTo(ActionSource.PHYSICAL_STORE);
    assertThat(event.customData())
        .containsEntry("value", new BigDecimal("12.50"))
        .containsEntry("currency", "EUR");
    assertThat(event.consent().stated()).isEqualTo(Map.of(Purpose.ADS, true));
    assertThat(event.matchKeys()).isNotNull();
    assertThat(event.requestKeys()).isNotNull();
  }

  @Test
  void a_person_is_the_same_whichever_door_and_form_the_address_came_by() {
    post(event(id, "{\"em\":[\"" + HASH + "\"]}"));
    String tracked = UUID.randomUUID().toString();
    ingest.post(
        "/v1/track",
        "{\"event\":\"A\",\"messageId\":\"%s\",\"context\":{\"traits\":{\"email\":\"John_Smith@gmail.com\"}},\"anonymousId\":\"a\"}"
            .formatted(tracked));

    assertThat(email(ingest.event(id))).isEqualTo(email(ingest.event(tracked)));
  }

  private static Identifier email(TrackedEvent event) {
    return event.identifiers().stream()
        .filter(identifier -> identifier.type() == IdentifierType.EMAIL)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void one_bad_event_refuses_the_whole_request_and_is_named() {
    Answer answer =
        post(
            """
            {"data":[
              {"event_name":"Lead","event_time":%1$d,"event_id":"%2$s","action_source":"website","user_data":{"em":"%3$s"}},
              {"event_name":"Purchase","event_time":%1$d,"action_source":"website","user_data":{"em":"%3$s"},"custom_data":{"currency":"EUR"}}]}
            """
                .formatted(now(), id, HASH));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").path("code").intValue()).isEqualTo(100);
    assertThat(answer.body().path("error").path("error_subcode").intValue()).isEqualTo(2804009);
    assertThat(answer.body().path("error").path("error_user_msg").stringValue())
        .contains("custom_data.value", "event 1");
    assertThat(ingest.has(id)).isFalse();
    assertThat(
            ingest
                .get("/v1/rejected-events?limit=1", RunningIngest.ADMIN_KEY)
                .body()
                .path("data")
                .get(0)
                .path("field")
                .stringValue())
        .isEqualTo("custom_data.value");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "data            | {}",
        "body            | {\"data\":[{\"event_name\":\"A\",\"custom_data\":{\"value\":-1.5E-39116796389}}]}",
        "data            | {\"data\":[]}",
        "data            | {\"data\":{}}",
        "event_name      | {\"data\":[{\"event_time\":1795467600,\"action_source\":\"website\"}]}",
        "event_time      | {\"data\":[{\"event_name\":\"A\",\"action_source\":\"website\"}]}",
        "event_time      | {\"data\":[{\"event_name\":\"A\",\"event_time\":32503680000,\"action_source\":\"website\"}]}",
        "action_source   | {\"data\":[{\"event_name\":\"A\",\"event_time\":1700000000,\"action_source\":\"moon\"}]}",
        "user_data       | {\"data\":[{\"event_name\":\"A\",\"event_time\":1700000000,\"action_source\":\"website\"}]}",
        "user_data       | {\"data\":[{\"event_name\":\"A\",\"event_time\":1700000000,\"action_source\":\"website\",\"user_data\":{\"ct\":\"x\"}}]}"
      })
  void whatMetaRefusesIsRefusedWithItsField(String field, String body) {
    Answer answer = post(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").path("error_data").path("field").stringValue())
        .isEqualTo(field);
  }

  @Test
  void without_a_token_or_with_a_wrong_one_nothing_is_taken() {
    byte[] body = event(id, "{\"em\":\"" + HASH + "\"}").getBytes(UTF_8);

    assertThat(
            ingest.post("/v1/events", body, Map.of()).body().path("error").path("code").intValue())
        .isEqualTo(104);
    Answer wrong = ingest.post("/v1/events?access_token=wrong", body, Map.of());
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body().path("error").path("code").intValue()).isEqualTo(190);
    assertThat(ingest.has(id)).isFalse();
  }

  private Answer post(String body) {
    return ingest.post(
        "/v1/events?access_token=" + RunningIngest.WRITE_KEY, body.getBytes(UTF_8), Map.of());
  }

  private static String event(String id, String userData) {
    return "{\"data\":[{\"event_name\":\"Lead\",\"event_time\":%d,\"event_id\":\"%s\",\"action_source\":\"website\",\"user_data\":%s}]}"
        .formatted(now(), id, userData);
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }
}
