package io.rebound.sandbox.conversions;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import java.time.Clock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ConversionsTest {
  private static final String EVENTS = "/v26.0/1000000001/events";
  private static final String EMAIL =
      "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f";

  private final Caller meta = Sandboxes.fresh();

  @Test
  void an_event_is_taken_and_can_be_looked_at() {
    Reply reply = post(purchase("ord-1"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("events_received").asInt()).isEqualTo(1);
    assertThat(reply.json().path("messages").isArray()).isTrue();
    assertThat(reply.json().path("fbtrace_id").asString()).isNotBlank();
    JsonNode shown = meta.get("/_sandbox/events?event_id=ord-1").json().path("data").path(0);
    assertThat(shown.path("event_name").asString()).isEqualTo("Purchase");
    assertThat(shown.path("user_data").path("em").path(0).asString()).isEqualTo(EMAIL);
    assertThat(shown.path("custom_data").path("value").asDouble()).isEqualTo(29.9);
    assertThat(shown.path("received_at").asString()).isNotBlank();
  }

  @Test
  void an_event_sent_again_counts_once() {
    post(purchase("ord-1"));
    post(purchase("ord-1"), purchase("ord-2"));

    JsonNode stats = meta.get("/_sandbox/events/stats").json();
    assertThat(stats.path("received").asInt()).isEqualTo(3);
    assertThat(stats.path("unique").asInt()).isEqualTo(2);
    assertThat(stats.path("by_name").path("Purchase").path("unique").asInt()).isEqualTo(2);
    JsonNode shown = meta.get("/_sandbox/events?event_id=ord-1").json().path("data");
    assertThat(shown).hasSize(1);
    assertThat(shown.path(0).path("deliveries").asInt()).isEqualTo(2);
  }

  @Test
  void after_48_hours_the_same_id_counts_anew() {
    post(purchase("ord-1"));
    meta.put("/_sandbox/clock", "{\"offset_seconds\":172801}");
    post(purchase("ord-1"));

    assertThat(meta.get("/_sandbox/events/stats").json().path("unique").asInt()).isEqualTo(2);
  }

  @Test
  void the_same_id_under_another_name_is_another_event() {
    post(purchase("ord-1"), purchase("ord-1").replace("Purchase", "AddToCart"));

    assertThat(meta.get("/_sandbox/events/stats").json().path("unique").asInt()).isEqualTo(2);
  }

  @Test
  void one_bad_event_refuses_all() {
    Reply reply = post(purchase("ord-1"), purchase("ord-2").replace(",\"value\":29.9", ""));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("error_subcode").asInt()).isEqualTo(2804009);
    assertThat(meta.get("/_sandbox/events/stats").json().path("received").asInt()).isZero();
  }

  @Test
  void a_form_reads_as_json_does() {
    String data =
        java.net.URLEncoder.encode(
            "[" + purchase("ord-1") + "]", java.nio.charset.StandardCharsets.UTF_8);
    Reply reply = meta.withToken(null).form(EVENTS, "access_token=demo-meta-token&data=" + data);

    assertThat(reply.json().path("events_received").asInt()).isEqualTo(1);
  }

  @Test
  void a_test_event_is_processed_and_marked() {
    meta.post(EVENTS, "{\"test_event_code\":\"TEST7\",\"data\":[" + purchase("ord-1") + "]}");

    assertThat(meta.get("/_sandbox/events?test_event_code=TEST7").json().path("data")).hasSize(1);
    assertThat(meta.get("/_sandbox/events/stats").json().path("unique").asInt()).isEqualTo(1);
  }

  @Test
  void more_than_a_thousand_events_or_none_are_refused() {
    String many =
        IntStream.range(0, 1001)
            .mapToObj(i -> purchase("ord-" + i))
            .collect(Collectors.joining(","));

    assertThat(post(many).error().path("code").asInt()).isEqualTo(100);
    assertThat(post("").error().path("code").asInt()).isEqualTo(100);
    assertThat(meta.post(EVENTS, "{}").error().path("code").asInt()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "-604900, 2804003",
    "3600, 2804004",
  })
  void an_event_out_of_its_time_is_refused(long seconds, int subcode) {
    Reply reply = post(at(seconds, "website"));

    assertThat(reply.error().path("error_subcode").asInt()).isEqualTo(subcode);
  }

  @Test
  void what_happened_in_a_shop_may_be_62_days_old() {
    assertThat(post(at(-5_000_000, "physical_store")).status()).isEqualTo(200);
    assertThat(post(at(-5_400_000, "physical_store")).status()).isEqualTo(400);
  }

  @Test
  void time_is_checked_before_customer_information() {
    String event =
        """
        {"event_name":"PageView","event_time":1,"action_source":"website","user_data":{}}\
        """;

    assertThat(post(event).error().path("error_subcode").asInt()).isEqualTo(2804003);
    assertThat(post(event.replace(":1,", ":" + now() + ",")).error().path("error_subcode").asInt())
        .isEqualTo(2804050);
  }

  @Test
  void an_unhashed_address_is_taken_and_noted() {
    post(purchase("ord-1").replace(EMAIL, "mary@example.com"));

    JsonNode stats = meta.get("/_sandbox/events/stats").json();
    assertThat(stats.path("unique").asInt()).isEqualTo(1);
    assertThat(stats.path("diagnostics").path("unhashed:em").asInt()).isEqualTo(1);
  }

  @Test
  void a_reader_can_follow_what_comes() {
    assertThat(meta.get("/_sandbox/events").json().has("next")).isFalse();
    post(purchase("ord-1"), purchase("ord-2"), purchase("ord-3"));

    JsonNode first = meta.get("/_sandbox/events?limit=2").json();
    assertThat(first.path("data")).hasSize(2);
    JsonNode second =
        meta.get("/_sandbox/events?limit=2&after=" + first.path("next").asString()).json();
    assertThat(second.path("data")).hasSize(1);
    post(purchase("ord-4"));
    JsonNode third = meta.get("/_sandbox/events?after=" + second.path("next").asString()).json();
    assertThat(third.path("data").path(0).path("event_id").asString()).isEqualTo("ord-4");
  }

  private Reply post(String... events) {
    return meta.post(EVENTS, "{\"data\":[" + String.join(",", events) + "]}");
  }

  private static String purchase(String id) {
    return """
    {"event_name":"Purchase","event_id":"%s","event_time":%d,"action_source":"website",\
    "user_data":{"em":["%s"]},"custom_data":{"currency":"EUR","value":29.9}}\
    """
        .formatted(id, now(), EMAIL);
  }

  private static String at(long seconds, String source) {
    return """
    {"event_name":"Lead","event_time":%d,"action_source":"%s","user_data":{"em":["%s"]}}\
    """
        .formatted(now() + seconds, source, EMAIL);
  }

  private static long now() {
    return Clock.systemUTC().instant().getEpochSecond();
  }
}
