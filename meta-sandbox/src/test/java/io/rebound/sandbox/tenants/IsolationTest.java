package io.rebound.sandbox.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two suites and the default tenant, with the same ids in each. */
class IsolationTest {
  private static MetaSandbox sandbox;

  private final Suite one = Suite.of(sandbox, "one");
  private final Suite two = Suite.of(sandbox, "two");
  private final Caller demo = new Caller(sandbox.baseUrl());
  private final Suite usual = new Suite("default", "demo-meta-token", "demo-app-secret", demo);

  @BeforeAll
  static void start() {
    sandbox =
        MetaSandbox.start(
            Map.of(
                "server.port",
                0,
                "sandbox.expired-tokens",
                "expired-token",
                "sandbox.oauth.tokens[0].token",
                "reader-token",
                "sandbox.limits.quotas.custom-audience",
                20));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void fresh() {
    for (Suite suite : new Suite[] {one, two, usual}) {
      suite.caller().post("/_sandbox/reset", "{}");
    }
  }

  @Test
  void each_sees_its_own_events_audiences_items_messages_and_calls() {
    one.sells("order-1");
    one.sells("order-2");
    two.sells("order-1");
    String audience = one.audience("Buyers");
    assertThat(two.audience("Leavers")).as("ids begin anew").isEqualTo(audience);
    one.offers("S-1", "Trail shirt");
    two.offers("S-1", "Rain coat");
    one.hears("Hello one");
    two.hears("Hello two");

    assertThat(one.received()).isEqualTo(2);
    assertThat(two.received()).isEqualTo(1);
    assertThat(one.caller().get("/v26.0/" + audience + "?fields=name").text()).contains("Buyers");
    assertThat(two.caller().get("/v26.0/" + audience + "?fields=name").text()).contains("Leavers");
    assertThat(one.shown("catalogs/3000000003/items").toString())
        .contains("Trail shirt")
        .doesNotContain("Rain coat");
    assertThat(two.shown("catalogs/3000000003/items").toString())
        .contains("Rain coat")
        .doesNotContain("Trail shirt");
    assertThat(one.shown("whatsapp/messages").toString())
        .contains("Hello one")
        .doesNotContain("Hello two");
    assertThat(one.caller().get("/_sandbox/calls").json().path("count").asInt()).isEqualTo(5);
    assertThat(two.caller().get("/_sandbox/calls").json().path("count").asInt()).isEqualTo(4);
    assertThat(usual.received()).isZero();
    assertThat(usual.shown("audiences")).isEmpty();
    assertThat(usual.shown("calls")).isEmpty();
    assertThat(usual.shown("whatsapp/messages")).isEmpty();
  }

  @Test
  void a_reset_of_one_leaves_the_others_alone() {
    one.sells("order-1");
    two.sells("order-1");
    usual.sells("order-1");

    one.caller().post("/_sandbox/reset", "{}");
    assertThat(one.received()).isZero();
    assertThat(two.received()).isEqualTo(1);
    assertThat(usual.received()).isEqualTo(1);

    usual.caller().post("/_sandbox/reset", "{}");
    assertThat(usual.received()).isZero();
    assertThat(two.received()).isEqualTo(1);
  }

  @Test
  void faults_hit_only_whom_they_were_made_for() {
    one.caller().put("/_sandbox/faults", "[{\"status\": 503, \"html\": true}]");

    assertThat(one.caller().get(Suite.AUDIENCES).status()).isEqualTo(503);
    assertThat(two.caller().get(Suite.AUDIENCES).status()).isEqualTo(200);
    assertThat(demo.get(Suite.AUDIENCES).status()).isEqualTo(200);
    assertThat(two.caller().get("/_sandbox/faults").json().path("rules")).isEmpty();
  }

  @Test
  void only_ones_own_clock_is_moved() {
    one.caller().put("/_sandbox/clock", "{\"offset_seconds\": 864000}");

    Reply stale = one.caller().post(Suite.EVENTS, Suite.purchase("order-1"));
    assertThat(stale.error().path("error_subcode").asInt()).isEqualTo(2804003);
    two.sells("order-1");
    assertThat(two.caller().get("/_sandbox/clock").json().path("offset_seconds").asInt()).isZero();
    assertThat(demo.get("/_sandbox/clock").json().path("offset_seconds").asInt()).isZero();
  }

  @Test
  void a_used_up_limit_is_ones_own() {
    Suite slow = Suite.of(sandbox, "slow", "{\"profile\": \"lifelike\"}");
    Suite other = Suite.of(sandbox, "other-slow", "{\"profile\": \"lifelike\"}");

    for (int i = 0; i < 21; i++) {
      slow.caller().get(Suite.AUDIENCES);
    }

    assertThat(slow.caller().get(Suite.AUDIENCES).error().path("code").asInt()).isEqualTo(80003);
    assertThat(other.caller().get(Suite.AUDIENCES).status()).isEqualTo(200);
    assertThat(demo.get(Suite.AUDIENCES).status()).as("instant").isEqualTo(200);
  }

  @Test
  void tokens_are_one_tenants_only() {
    assertThat(valid(one, one.token())).isTrue();
    for (String foreign : new String[] {two.token(), "demo-meta-token", "reader-token"}) {
      assertThat(valid(one, foreign)).isFalse();
    }
    assertThat(valid(usual, one.token())).isFalse();
    assertThat(valid(usual, "reader-token")).isTrue();

    Reply nobodys = demo.withToken("nobodys-token").get(Suite.AUDIENCES);
    assertThat(nobodys.status()).isEqualTo(401);
    assertThat(nobodys.error().path("code").asInt()).isEqualTo(190);
    Reply expired = demo.withToken("expired-token").get(Suite.AUDIENCES);
    assertThat(expired.error().path("error_subcode").asInt()).isEqualTo(463);
    Reply below = below(one, "demo-meta-token").get(Suite.AUDIENCES);
    assertThat(below.error().path("code").asInt()).isEqualTo(190);
    Reply expiredBelow = below(one, "expired-token").get(Suite.AUDIENCES);
    assertThat(expiredBelow.error().has("error_subcode")).as("unknown there").isFalse();
  }

  @Test
  void an_exchanged_token_and_the_apps_own_belong_to_their_tenant() {
    Caller anybody = demo.withToken(null);
    String app = "client_id=2030000000000001&client_secret=" + one.secret();
    JsonNode exchanged =
        anybody
            .get(
                "/v26.0/oauth/access_token?grant_type=fb_exchange_token&"
                    + app
                    + "&fb_exchange_token="
                    + one.token())
            .json();
    one.sells("order-1");
    String fresh = exchanged.path("access_token").asString();
    assertThat(fresh).startsWith("EAA").isNotEqualTo(one.token());
    Suite renewed = new Suite("one", fresh, one.secret(), demo.withToken(fresh));
    assertThat(renewed.received()).isEqualTo(1);

    JsonNode ofApp = anybody.get("/oauth/access_token?grant_type=client_credentials&" + app).json();
    assertThat(ofApp.path("access_token").asString()).endsWith("|" + one.secret());
    assertThat(
            demo.withToken(ofApp.path("access_token").asString())
                .get("/debug_token?input_token=" + fresh)
                .json()
                .path("data")
                .path("is_valid")
                .asBoolean())
        .isTrue();

    anybody.form("/oauth/revoke", app + "&revoke_token=" + fresh);
    assertThat(demo.withToken(fresh).get(Suite.AUDIENCES).error().path("error_subcode").asInt())
        .isEqualTo(467);
    assertThat(one.caller().get(Suite.AUDIENCES).status()).isEqualTo(200);
  }

  @Test
  void a_tenant_is_named_by_path_or_header_where_there_is_no_token() {
    one.sells("order-1");

    assertThat(below(one, null).get("/_sandbox/events/stats").text()).contains("\"received\":1");
    assertThat(below(two, null).get("/_sandbox/events/stats").text()).contains("\"received\":0");
    assertThat(below(one, "demo-meta-token").get("/_sandbox/events").text()).contains("order-1");
    below(one, null).post("/_sandbox/reset", "{}");
    assertThat(one.received()).isZero();
  }

  @Test
  void links_of_an_answer_lead_on_to_the_same_tenant() {
    for (int i = 0; i < 3; i++) {
      one.audience("Audience " + i);
    }
    String path = Suite.AUDIENCES + "?fields=name&limit=2";

    URI byPath = next(below(one, one.token()).get(path));
    URI byToken = next(one.caller().get(path));

    assertThat(byPath.getPath()).startsWith("/_tenants/one/v26.0/");
    assertThat(byToken.getPath()).startsWith("/v26.0/");
    for (URI next : new URI[] {byPath, byToken}) {
      Reply rest = demo.withToken(null).get(next.getRawPath() + "?" + next.getRawQuery());
      assertThat(rest.json().path("data")).hasSize(1);
    }
  }

  @Test
  void what_is_everybodys_stays_everybodys() {
    assertThat(one.caller().get("/actuator/health").status()).isEqualTo(200);
    assertThat(one.caller().get("/actuator/prometheus").text())
        .containsPattern("(?m)^rebound_sandbox_tenants [1-9]");
    assertThat(one.caller().get("/_sandbox/tenants").json().path("data")).isNotEmpty();
  }

  private static URI next(Reply reply) {
    return URI.create(reply.json().path("paging").path("next").asString());
  }

  private Caller below(Suite suite, @Nullable String token) {
    return new Caller(URI.create(sandbox.baseUrl() + "/_tenants/" + suite.name())).withToken(token);
  }

  private static boolean valid(Suite asking, String token) {
    return asking
        .caller()
        .get("/debug_token?input_token=" + token)
        .json()
        .path("data")
        .path("is_valid")
        .asBoolean();
  }
}
