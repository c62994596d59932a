package io.rebound.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FaultsTest {
  private static final String EVENTS = "/v26.0/1000000001/events";
  private static final String AUDIENCES = "/v26.0/act_2000000002/customaudiences";
  private static final String MESSAGES = "/v26.0/4000000004/messages";

  private final Caller meta = Sandboxes.fresh();

  @AfterEach
  void end_faults() {
    faults("[]");
  }

  @Test
  void an_error_strikes_as_often_as_it_is_told() {
    faults("[{\"path\":\"/events$\",\"times\":2,\"error\":{\"code\":80004,\"error_subcode\":7}}]");

    Reply reply = meta.post(EVENTS, event("a"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("code").asInt()).isEqualTo(80004);
    assertThat(reply.error().path("error_subcode").asInt()).isEqualTo(7);
    assertThat(reply.error().path("fbtrace_id").asString()).isNotBlank();
    assertThat(meta.post(EVENTS, event("a")).status()).isEqualTo(400);
    assertThat(meta.post(EVENTS, event("a")).status()).isEqualTo(200);
    assertThat(received()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 500", "4, 400", "190, 401", "200, 403", "10, 403", "613, 400"})
  void a_code_comes_with_the_status_meta_sends_it_with(int code, int status) {
    faults("[{\"error\":{\"code\":%d}}]".formatted(code));

    assertThat(meta.get("/v26.0/me").status()).isEqualTo(status);
  }

  @Test
  void the_same_seed_makes_the_same_calls_fail() {
    String rules = "{\"seed\":42,\"rules\":[{\"path\":\"/me$\",\"percent\":50,\"status\":500}]}";

    faults(rules);
    List<Integer> once = statuses(40);
    faults(rules);
    List<Integer> again = statuses(40);
    faults(rules.replace("42", "43"));

    assertThat(again).isEqualTo(once).contains(200, 500);
    assertThat(statuses(40)).isNotEqualTo(once);
  }

  @Test
  void latency_delays_the_real_answer() {
    faults("[{\"path\":\"/events$\",\"latency_ms\":{\"min\":150,\"max\":160}}]");
    Instant start = Clock.systemUTC().instant();

    Reply reply = meta.post(EVENTS, event("a"));

    assertThat(reply.json().path("events_received").asInt()).isEqualTo(1);
    assertThat(Duration.between(start, Clock.systemUTC().instant()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void a_call_that_hangs_is_not_done() {
    faults("[{\"path\":\"/events$\",\"times\":1,\"hang\":true}]");

    assertThatThrownBy(() -> impatient().sendOrFail("POST", EVENTS, event("a"), JSON))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(received()).isZero();
  }

  @Test
  void a_call_that_hangs_after_its_effect_is_done() {
    faults("[{\"path\":\"/events$\",\"times\":1,\"hang\":true,\"after_effect\":true}]");

    assertThatThrownBy(() -> impatient().sendOrFail("POST", EVENTS, event("a"), JSON))
        .isInstanceOf(HttpTimeoutException.class);
    await().untilAsserted(() -> assertThat(received()).isEqualTo(1));
  }

  @Test
  void a_connection_reset_before_the_effect_leaves_nothing() {
    faults("[{\"path\":\"/events$\",\"times\":1,\"reset\":true}]");

    assertThatThrownBy(() -> meta.sendOrFail("POST", EVENTS, event("a"), JSON))
        .isInstanceOf(IOException.class);
    assertThat(received()).isZero();
  }

  @Test
  void events_count_although_their_answer_was_lost() {
    faults("[{\"path\":\"/events$\",\"times\":1,\"reset\":true,\"after_effect\":true}]");

    assertThatThrownBy(() -> meta.sendOrFail("POST", EVENTS, event("a"), JSON))
        .isInstanceOf(IOException.class);
    assertThat(received()).isEqualTo(1);
  }

  @Test
  void users_are_added_although_their_answer_was_lost() {
    String audience =
        meta.post(
                AUDIENCES,
                "{\"name\":\"a\",\"subtype\":\"CUSTOM\",\"customer_file_source\":\"USER_PROVIDED_ONLY\"}")
            .json()
            .path("id")
            .asString();
    faults("[{\"path\":\"/users$\",\"times\":1,\"status\":503,\"after_effect\":true}]");
    String users =
        "{\"payload\":{\"schema\":[\"EMAIL_SHA256\"],\"data\":[[\"%s\"]]}}"
            .formatted(Sandboxes.sha256("mary@example.com"));

    assertThat(meta.post("/v26.0/" + audience + "/users", users).status()).isEqualTo(503);
    assertThat(meta.get("/_sandbox/audiences/" + audience + "/members").json().path("data"))
        .hasSize(1);
  }

  @Test
  void a_message_is_sent_although_its_answer_was_lost() {
    writes("4915112345678");
    faults("[{\"path\":\"/messages$\",\"times\":1,\"reset\":true,\"after_effect\":true}]");

    assertThatThrownBy(() -> meta.sendOrFail("POST", MESSAGES, text("4915112345678"), JSON))
        .isInstanceOf(IOException.class);
    assertThat(outbound()).hasSize(1);
  }

  @Test
  void a_gateway_answers_with_a_page() {
    faults("[{\"path\":\"/events$\",\"html\":true}]");

    Reply reply = meta.post(EVENTS, event("a"));

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.header("Content-Type")).startsWith("text/html");
    assertThat(reply.text()).contains("<html>");
  }

  @Test
  void an_error_may_come_with_status_200() {
    faults("[{\"path\":\"/events$\",\"status\":200,\"error\":{\"code\":1}}]");

    Reply reply = meta.post(EVENTS, event("a"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.error().path("code").asInt()).isEqualTo(1);
  }

  @Test
  void a_body_may_end_early_after_the_effect() {
    faults("[{\"path\":\"/events$\",\"times\":1,\"truncate_body\":10}]");

    assertThatThrownBy(() -> meta.sendOrFail("POST", EVENTS, event("a"), JSON))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("10"); // bytes that arrived
    assertThat(received()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/v26.0/act_2000000002/customaudiences, 80003, 2000000002, custom_audience",
    "/v26.0/6000000000000001/users, 80003, 2000000002, custom_audience",
    "/v26.0/1000000001/events, 80004, 2000000002, ads_management",
    "/v26.0/3000000003/items_batch, 80014, 3000000003, ads_management",
    "/v26.0/4000000004/messages, 80007, 5000000005, whatsapp",
    "/v26.0/5000000005/message_templates, 80008, 5000000005, whatsapp",
  })
  void a_throttled_call_tells_which_limit_and_until_when(
      String path, int code, String object, String type) {
    faults("[{\"throttle\":{\"minutes\":19}}]");

    Reply reply = meta.post(path, "{}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("code").asInt()).isEqualTo(code);
    assertThat(json(reply.header("X-App-Usage")).path("call_count").asInt()).isEqualTo(100);
    JsonNode business = json(reply.header("X-Business-Use-Case-Usage")).path(object).path(0);
    assertThat(business.path("type").asString()).isEqualTo(type);
    assertThat(business.path("call_count").asInt()).isEqualTo(100);
    assertThat(business.path("estimated_time_to_regain_access").asInt()).isEqualTo(19);
  }

  @Test
  void another_limits_code_may_be_given() {
    faults("[{\"throttle\":{\"code\":130429}}]");

    Reply reply = meta.post(MESSAGES, "{}");

    assertThat(reply.error().path("code").asInt()).isEqualTo(130429);
    assertThat(json(reply.header("X-Business-Use-Case-Usage")).has("5000000005")).isTrue();
  }

  @Test
  void a_token_expires_until_the_rule_is_gone_and_is_never_shown() {
    faults("[{\"expire_token\":\"demo-meta-token\",\"error_subcode\":460}]");

    Reply reply = meta.post(EVENTS, event("a"));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.error().path("code").asInt()).isEqualTo(190);
    assertThat(reply.error().path("error_subcode").asInt()).isEqualTo(460);
    Reply shown = meta.get("/_sandbox/faults");
    assertThat(shown.text()).doesNotContain("demo-meta-token");
    assertThat(shown.json().path("rules").path(0).path("hits").asInt()).isEqualTo(1);
    faults("[]");
    assertThat(meta.post(EVENTS, event("a")).status()).isEqualTo(200);
  }

  @Test
  void an_outage_ends_by_the_clock() {
    faults("[{\"for_seconds\":60,\"status\":503,\"html\":true}]");

    assertThat(meta.get("/v26.0/me").status()).isEqualTo(503);
    assertThat(meta.get(AUDIENCES).status()).isEqualTo(503);
    meta.put("/_sandbox/clock", "{\"offset_seconds\":61}");
    assertThat(meta.get("/v26.0/me").status()).isEqualTo(200);
  }

  @Test
  void an_answer_may_tell_fewer_events_than_were_taken() {
    faults("[{\"path\":\"/events$\",\"times\":1,\"events_received_short\":1}]");

    assertThat(meta.post(EVENTS, event("a", "b")).json().path("events_received").asInt())
        .isEqualTo(1);
    assertThat(received()).isEqualTo(2);
  }

  @Test
  void a_message_may_be_accepted_and_fail_later() {
    writes("4915112345678");
    faults("[{\"fail_later\":131026,\"times\":1}]");

    Reply reply = meta.post(MESSAGES, text("4915112345678"));

    assertThat(reply.status()).isEqualTo(200);
    String wamid = reply.json().path("messages").path(0).path("id").asString();
    await()
        .untilAsserted(() ->
            assertThat(outbound())
                .anySatisfy(message -> {
                  assertThat(message.path("wamid").asString()).isEqualTo(wamid);
                  assertThat(message.path("status").asString()).isEqualTo("failed");
                  assertThat(message.path("error").asInt()).isEqualTo(131026);
                }));
    meta.post(MESSAGES, text("4915112345678"));
    await()
        .untilAsserted(() ->
            assertThat(outbound())
                .anySatisfy(message ->
                    assertThat(message.path("status").asString()).isEqualTo("delivered")));
  }

  private static final String JSON = "application/json";

  private void faults(String rules) {
    Reply reply = meta.put("/_sandbox/faults", rules);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private Caller impatient() {
    return meta.withPatience(Duration.ofMillis(300));
  }

  private List<Integer> statuses(int calls) {
    return IntStream.range(0, calls).mapToObj(_ -> meta.get("/v26.0/me").status()).toList();
  }

  private int received() {
    return meta.get("/_sandbox/events/stats").json().path("received").asInt();
  }

  private List<JsonNode> outbound() {
    return meta.get("/_sandbox/whatsapp/messages")
        .json()
        .path("data")
        .valueStream()
        .filter(message -> message.path("direction").asString().equals("outbound"))
        .toList();
  }

  private void writes(String number) {
    meta.post("/_sandbox/whatsapp/inbound", "{\"from\":\"+%s\",\"text\":\"Hi\"}".formatted(number));
  }

  private static JsonNode json(String header) {
    return tools.jackson.databind.json.JsonMapper.shared().readTree(header);
  }

  private static String text(String number) {
    return "{\"messaging_product\":\"whatsapp\",\"to\":\"%s\",\"text\":{\"body\":\"Hello\"}}"
        .formatted(number);
  }

  private static String event(String... ids) {
    long now = Clock.systemUTC().instant().getEpochSecond();
    List<String> events =
        java.util.Arrays.stream(ids)
            .map(id ->
                """
                {"event_name":"Lead","event_id":"%s","event_time":%d,"action_source":"website",\
                "user_data":{"external_id":"user-42"}}\
                """
                    .formatted(id, now))
            .toList();
    return "{\"data\":[" + String.join(",", events) + "]}";
  }
}
