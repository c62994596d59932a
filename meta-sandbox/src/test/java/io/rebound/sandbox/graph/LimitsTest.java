package io.rebound.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.Sandboxes;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LimitsTest {
  private static final String ACCOUNT = "/v26.0/act_2000000002";
  private static final String AUDIENCES = ACCOUNT + "/customaudiences";
  private static final String CATALOGUE = "/v26.0/3000000003/products";

  private static MetaSandbox limited;

  private final Caller meta = new Caller(limited.baseUrl());

  @BeforeAll
  static void start() {
    limited =
        MetaSandbox.start(
            Map.of(
                "server.port", 0,
                "sandbox.profile", "lifelike",
                "sandbox.limits.tier", "limited",
                "sandbox.limits.app-calls-per-hour", 3,
                "sandbox.limits.quotas.custom-audience", 20,
                "sandbox.limits.quotas.catalogue", 2));
  }

  @AfterAll
  static void stop() {
    limited.close();
  }

  private long start; // early in a minute, so that a test's calls fall in the same one

  @BeforeEach
  void fresh() {
    meta.post("/_sandbox/reset", "{}");
    start = 65 - Clock.systemUTC().instant().getEpochSecond() % 60;
    later(0);
  }

  @Test
  void usage_is_told_from_a_threshold_on_and_fills_up() {
    assertThat(meta.get(AUDIENCES).header("X-Business-Use-Case-Usage")).isEmpty();

    assertThat(use(meta.get(AUDIENCES)).path("call_count").asInt()).isEqualTo(10);
    JsonNode use = use(meta.get(AUDIENCES));
    assertThat(use.path("call_count").asInt()).isEqualTo(15);
    assertThat(use.path("type").asString()).isEqualTo("custom_audience");
    assertThat(use.path("estimated_time_to_regain_access").asInt()).isZero();
    assertThat(use.path("ads_api_access_tier").asString()).isEqualTo("development_access");
  }

  @Test
  void a_used_up_hour_refuses_until_it_is_over() {
    call(20, AUDIENCES);

    Reply refused = meta.get(AUDIENCES);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error().path("code").asInt()).isEqualTo(80003);
    assertThat(refused.error().path("error_subcode").asInt()).isEqualTo(2446079);
    assertThat(refused.error().path("fbtrace_id").asString()).isNotBlank();
    assertThat(use(refused).path("call_count").asInt()).isEqualTo(100);
    assertThat(use(refused).path("estimated_time_to_regain_access").asInt()).isEqualTo(60);

    later(3600);
    assertThat(meta.get(AUDIENCES).status()).isEqualTo(200);
  }

  @Test
  void each_call_while_blocked_makes_the_block_longer() {
    call(20, AUDIENCES);

    assertThat(regain(meta.get(AUDIENCES))).isEqualTo(60);
    assertThat(regain(meta.get(AUDIENCES))).isEqualTo(61);
    assertThat(regain(meta.get(AUDIENCES))).isEqualTo(62);
    later(3600);
    assertThat(meta.get(AUDIENCES).status()).isEqualTo(400);
    later(3600 + 180);
    assertThat(meta.get(AUDIENCES).status()).isEqualTo(200);
  }

  @Test
  void one_use_case_does_not_use_up_another() {
    call(20, AUDIENCES);

    assertThat(meta.get(AUDIENCES).status()).isEqualTo(400);
    assertThat(meta.get(ACCOUNT).status()).isEqualTo(200);
    assertThat(meta.get(CATALOGUE).status()).isEqualTo(200);
  }

  @Test
  void the_catalogue_has_a_limit_and_a_code_of_its_own() {
    call(2, CATALOGUE);

    assertThat(meta.get(CATALOGUE).error().path("code").asInt()).isEqualTo(80009);
  }

  @Test
  void the_account_score_decays_within_five_minutes() {
    call(60, ACCOUNT);

    Reply refused = meta.get(ACCOUNT);
    assertThat(refused.error().path("code").asInt()).isEqualTo(613);
    assertThat(refused.error().path("error_subcode").asInt()).isEqualTo(1487742);
    JsonNode usage = json(refused.header("X-Ad-Account-Usage"));
    assertThat(usage.path("acc_id_util_pct").asDouble()).isEqualTo(100);
    assertThat(usage.path("reset_time_duration").asInt()).isEqualTo(300);
    later(290);
    assertThat(meta.get(ACCOUNT).status()).isEqualTo(400);
    later(570); // the call above started the block anew
    assertThat(meta.get(ACCOUNT).status()).isEqualTo(400);
    later(871);
    assertThat(meta.get(ACCOUNT).status()).isEqualTo(200);
  }

  @Test
  void ads_management_has_an_hour_too() {
    for (int i = 0; i < 6; i++) {
      later(i * 301);
      call(50, ACCOUNT);
    }

    assertThat(meta.get(ACCOUNT).error().path("code").asInt()).isEqualTo(80004);
  }

  @Test
  void calls_without_an_object_use_up_the_app() {
    for (int i = 0; i < 3; i++) {
      assertThat(meta.get("/v26.0/me").status()).isEqualTo(200);
    }

    Reply refused = meta.get("/v26.0/me");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error().path("code").asInt()).isEqualTo(4);
    assertThat(refused.error().path("is_transient").asBoolean()).isTrue();
    assertThat(json(refused.header("X-App-Usage")).path("call_count").asInt()).isEqualTo(100);
    assertThat(meta.get(AUDIENCES).status()).isEqualTo(200);
  }

  @Test
  void the_instant_profile_tells_what_is_used_and_never_refuses() {
    Caller instant = Sandboxes.fresh();
    for (int i = 0; i < 100; i++) {
      assertThat(instant.get(ACCOUNT).status()).isEqualTo(200);
    }

    Reply reply = instant.get(AUDIENCES);
    assertThat(json(reply.header("X-App-Usage")).path("call_count").isNumber()).isTrue();
    assertThat(use(reply).path("ads_api_access_tier").asString()).isEqualTo("standard_access");
    assertThat(reply.header("X-Ad-Account-Usage")).isEmpty();
  }

  private void call(int times, String path) {
    for (int i = 0; i < times; i++) {
      assertThat(meta.get(path).status()).as("call %d", i + 1).isEqualTo(200);
    }
  }

  private void later(int seconds) {
    meta.put("/_sandbox/clock", "{\"offset_seconds\":" + (start + seconds) + "}");
  }

  private static int regain(Reply reply) {
    return use(reply).path("estimated_time_to_regain_access").asInt();
  }

  private static JsonNode use(Reply reply) {
    return json(reply.header("X-Business-Use-Case-Usage")).path("2000000002").path(0);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
