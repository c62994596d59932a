package io.rebound.meta;

import static io.rebound.meta.ScriptedMeta.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.meta.GraphClientTest.TestClock;
import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphOutcome.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How the usage headers pace calls (Graph API, rate limiting). */
class PaceTest {
  private static final GraphCall LIST =
      GraphCall.get(Endpoint.AUDIENCES, "act_2", "act_2/customaudiences");
  private static final GraphCall USERS =
      GraphCall.post(Endpoint.AUDIENCE_USERS, "act_2", "6001/users", "{}").about("6001");
  private static final GraphCall EVENTS =
      GraphCall.post(Endpoint.EVENTS, "1", "1/events", "{\"data\":[]}");

  private final TestClock clock = new TestClock();
  private final ScriptedMeta meta = new ScriptedMeta(clock);
  private final GraphClient client = meta.client();

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void from_three_quarters_on_calls_go_further_apart_for_as_long_as_the_use_grows() {
    used(76);
    call(USERS);
    assertThat(gap()).isEqualTo(Duration.ofMillis(250));
    clock.movesOn(Duration.ofMillis(250));
    used(78);
    call(USERS);
    assertThat(gap()).isEqualTo(Duration.ofMillis(500));
    clock.movesOn(Duration.ofSeconds(1));
    used(77); // it falls: this pace is slow enough
    call(USERS);
    assertThat(gap()).isEqualTo(Duration.ofMillis(500));
    clock.movesOn(Duration.ofSeconds(1));
    used(60);
    call(USERS);

    assertThat(call(USERS)).isInstanceOf(Done.class);
  }

  @Test
  void meta_never_has_to_say_no_to_who_heeds_its_headers() {
    double[] percent = {0};
    meta.nowAnswersWith(exchange -> {
      percent[0] += 3; // a write's points of a limited account's 60, which come back in 300 s
      byte[] body =
          (percent[0] >= 100 ? error(17, 2446079) : "{\"num_received\":1}").getBytes(UTF_8);
      exchange
          .getResponseHeaders()
          .add("X-Ad-Account-Usage", "{\"acc_id_util_pct\":" + percent[0] + "}");
      exchange.sendResponseHeaders(percent[0] >= 100 ? 400 : 200, body.length);
      exchange.getResponseBody().write(body);
    });
    int done = 0;
    int refused = 0;
    for (int second = 0; second < 3_600; second++) {
      switch (call(USERS)) {
        case Done<JsonNode> _ -> done++;
        case Throttled<JsonNode>(_, var error) when error.status() != 0 -> refused++;
        case GraphOutcome<JsonNode> _ -> {}
      }
      clock.movesOn(Duration.ofSeconds(1));
      percent[0] = Math.max(0, percent[0] - 100.0 / 300);
    }

    assertThat(refused).isZero();
    assertThat(done).isGreaterThan(100); // 3600 s give back 1200 points, 400 calls
  }

  @Test
  void from_nine_tenths_on_one_call_at_a_time() {
    used(91);
    call(USERS);
    clock.movesOn(Duration.ofMinutes(1));
    var answerNow = new CountDownLatch(1);
    meta.nowAnswersWith(exchange -> {
      awaitQuietly(answerNow);
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write("{}".getBytes(UTF_8));
    });
    Thread underWay = Thread.ofVirtual().start(() -> call(USERS));
    await().until(() -> meta.asked.size() == 2);
    clock.movesOn(Duration.ofMinutes(1));

    assertThat(call(USERS)).isInstanceOf(Throttled.class);
    assertThat(call(EVENTS)).as("another account").isNotInstanceOf(Throttled.class);
    answerNow.countDown();
    await().until(() -> !underWay.isAlive());
  }

  @Test
  void all_endpoints_of_an_ad_account_draw_on_one_budget() {
    meta.answers(
            200, "{}", "X-Ad-Account-Usage", "{\"acc_id_util_pct\":100,\"reset_time_duration\":90}")
        .answers(200, "{}");
    call(LIST);

    assertThat(call(USERS))
        .isInstanceOfSatisfying(
            Throttled.class,
            is -> assertThat(is.until()).isEqualTo(clock.instant().plusSeconds(90)));
    assertThat(call(EVENTS)).isInstanceOf(Done.class);
  }

  @Test
  void what_others_use_up_for_campaigns_leaves_audiences_alone() {
    meta.answers(
        200,
        "{}",
        "X-Business-Use-Case-Usage",
        """
        {"2":[{"type":"ads_management","call_count":100,"estimated_time_to_regain_access":19},\
        {"type":"custom_audience","call_count":12,"estimated_time_to_regain_access":0}]}\
        """);
    call(USERS);

    assertThat(call(USERS)).isInstanceOf(Done.class);
    assertThat(
            meta.metrics
                .get("rebound.meta.pace.percent")
                .tags("limit", "custom_audience", "of", "act_2")
                .gauge()
                .value())
        .isEqualTo(12);
  }

  @Test
  void without_a_time_the_pauses_get_longer_up_to_an_hour() {
    meta.answers(400, error(80003, 2446079));
    Duration[] pauses = new Duration[9];
    for (int i = 0; i < pauses.length; i++) {
      Instant began = clock.instant();
      Throttled<JsonNode> throttled = (Throttled<JsonNode>) call(USERS);
      pauses[i] = Duration.between(began, throttled.until());
      clock.movesOn(pauses[i]);
    }

    assertThat(meta.asked).hasSize(pauses.length);
    assertThat(pauses).startsWith(Duration.ofMinutes(1), Duration.ofMinutes(2));
    assertThat(pauses).endsWith(Duration.ofHours(1), Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource({
    "4,0,true,true",
    "17,0,true,true", // the token's limit
    "17,2446079,true,false",
    "613,1487742,true,false",
    "80003,2446079,false,false"
  })
  void a_throttle_pauses_what_it_is_about(
      int code, int subcode, boolean theOtherEndpoint, boolean theOtherAccount) {
    meta.answers(400, error(code, subcode)).answers(200, "{}");
    var insights =
        new GraphCall(Endpoint.EVENTS, "act_2", "GET", "act_2/x", Map.of(), null, "default", "");
    call(USERS);

    assertThat(call(USERS)).isInstanceOf(Throttled.class);
    assertThat(call(insights) instanceof Throttled).isEqualTo(theOtherEndpoint);
    assertThat(call(EVENTS) instanceof Throttled).isEqualTo(theOtherAccount);
  }

  private void used(int percent) {
    String header = "{\"2\":[{\"type\":\"custom_audience\",\"call_count\":" + percent + "}]}";
    meta.nowAnswersWith(exchange -> {
      exchange.getResponseHeaders().add("X-Business-Use-Case-Usage", header);
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write("{}".getBytes(UTF_8));
    });
  }

  private Duration gap() {
    Throttled<JsonNode> waits = (Throttled<JsonNode>) call(USERS);
    return Duration.between(clock.instant(), waits.until());
  }

  private GraphOutcome<JsonNode> call(GraphCall call) {
    return client.call(call, answer -> answer);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
