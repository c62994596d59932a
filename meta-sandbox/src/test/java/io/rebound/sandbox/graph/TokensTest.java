package io.rebound.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokensTest {
  private static final String AUDIENCES = "/v26.0/act_2000000002/customaudiences";
  private static final String APP = "client_id=2030000000000001&client_secret=demo-app-secret";

  private static MetaSandbox sandbox;

  private final Caller meta = new Caller(sandbox.baseUrl());

  @BeforeAll
  static void start() {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("server.port", 0);
    settings.put("sandbox.expired-tokens", "expired");
    settings.put("sandbox.revoked-tokens", "revoked");
    settings.put("sandbox.oauth.tokens[0].token", "reader");
    settings.put("sandbox.oauth.tokens[0].scopes", "ads_read");
    settings.put("sandbox.oauth.tokens[0].expires-in", "60d");
    settings.put("sandbox.oauth.tokens[1].token", "events-only");
    settings.put("sandbox.oauth.tokens[1].scopes", "read_ads_dataset_quality");
    settings.put("sandbox.oauth.tokens[1].assets", "1000000001");
    sandbox = MetaSandbox.start(settings);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void fresh() {
    meta.post("/_sandbox/reset", "{}");
  }

  @Test
  void an_expired_and_a_revoked_token_are_told_apart() {
    Reply expired = meta.withToken("expired").get(AUDIENCES);
    Reply revoked = meta.withToken("revoked").get(AUDIENCES);

    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.error().path("error_subcode").asInt()).isEqualTo(463);
    assertThat(expired.error().path("message").asString())
        .matches("Error validating access token: Session has expired on \\w+, .* P[SD]T\\..*");
    assertThat(revoked.status()).isEqualTo(401);
    assertThat(revoked.error().path("error_subcode").asInt()).isEqualTo(467);
  }

  @Test
  void a_token_expires_when_its_time_comes() {
    assertThat(meta.withToken("reader").get(AUDIENCES).status()).isEqualTo(200);

    later(60);

    assertThat(meta.withToken("reader").get(AUDIENCES).error().path("error_subcode").asInt())
        .isEqualTo(463);
  }

  @Test
  void a_missing_permission_is_code_200_and_code_10_for_whatsapp() {
    Caller reader = meta.withToken("reader");

    Reply write = reader.post(AUDIENCES, "{\"name\":\"Buyers\"}");
    assertThat(write.status()).isEqualTo(403);
    assertThat(write.error().path("code").asInt()).isEqualTo(200);
    Reply templates = reader.get("/v26.0/5000000005/message_templates");
    assertThat(templates.status()).isEqualTo(403);
    assertThat(templates.error().path("code").asInt()).isEqualTo(10);
  }

  @Test
  void what_is_not_assigned_to_a_token_seems_not_to_exist() {
    Reply reply = meta.withToken("events-only").get(AUDIENCES);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("type").asString()).isEqualTo("GraphMethodException");
    assertThat(reply.error().path("code").asInt()).isEqualTo(100);
    assertThat(reply.error().path("error_subcode").asInt()).isEqualTo(33);
    Reply events = meta.withToken("events-only").post("/v26.0/1000000001/events", "{\"data\":1}");
    assertThat(events.error().has("error_subcode")).isFalse();
  }

  @Test
  void a_token_is_told_about() {
    JsonNode data = debug("events-only");

    assertThat(data.path("is_valid").asBoolean()).isTrue();
    assertThat(data.path("type").asString()).isEqualTo("SYSTEM_USER");
    assertThat(data.path("app_id").asString()).isEqualTo("2030000000000001");
    assertThat(data.path("expires_at").asLong(-1)).isZero();
    assertThat(data.path("scopes").path(0).asString()).isEqualTo("read_ads_dataset_quality");
    assertThat(data.path("granular_scopes").path(0).path("target_ids").path(0).asString())
        .isEqualTo("1000000001");
    JsonNode reader = debug("reader");
    assertThat(reader.path("expires_at").asLong() - reader.path("issued_at").asLong())
        .isEqualTo(60 * 86_400);
  }

  @Test
  void of_a_bad_token_the_reason_is_told() {
    assertThat(debug("expired").path("is_valid").asBoolean(true)).isFalse();
    assertThat(debug("expired").path("error").path("subcode").asInt()).isEqualTo(463);
    assertThat(debug("revoked").path("error").path("subcode").asInt()).isEqualTo(467);
    assertThat(debug("nobody").path("error").path("code").asInt()).isEqualTo(190);
    assertThat(debug("nobody").path("is_valid").asBoolean(true)).isFalse();
  }

  @Test
  void the_app_may_ask_about_tokens_but_use_no_object() {
    Caller app = meta.withToken("2030000000000001|demo-app-secret");

    assertThat(app.get("/debug_token?input_token=reader").json().path("data").has("scopes"))
        .isTrue();
    assertThat(app.get(AUDIENCES).error().path("error_subcode").asInt()).isEqualTo(33);
  }

  @Test
  void a_token_is_exchanged_for_another_that_lives_sixty_days_more() {
    later(59);
    JsonNode answer = exchange("reader").json();

    String fresh = answer.path("access_token").asString();
    assertThat(fresh).isNotEqualTo("reader");
    assertThat(answer.path("token_type").asString()).isEqualTo("bearer");
    assertThat(answer.path("expires_in").asLong()).isEqualTo(60 * 86_400);
    assertThat(meta.withToken("reader").get(AUDIENCES).status()).isEqualTo(200);
    later(61);
    assertThat(meta.withToken("reader").get(AUDIENCES).status()).isEqualTo(401);
    assertThat(meta.withToken(fresh).get(AUDIENCES).status()).isEqualTo(200);
    assertThat(meta.withToken(fresh).post(AUDIENCES, "{}").status()).isEqualTo(403);
    assertThat(exchange("reader").error().path("error_subcode").asInt()).isEqualTo(463);
  }

  @Test
  void a_revoked_token_is_refused_from_then_on() {
    String fresh = exchange("demo-meta-token").json().path("access_token").asString();

    Reply reply = meta.get("/v26.0/oauth/revoke?" + APP + "&revoke_token=" + fresh);

    assertThat(reply.json().path("success").asBoolean()).isTrue();
    assertThat(meta.withToken(fresh).get(AUDIENCES).error().path("error_subcode").asInt())
        .isEqualTo(467);
  }

  @Test
  void without_the_secret_no_token_is_given() {
    Reply reply =
        meta.withToken(null)
            .get(
                "/oauth/access_token?client_id=2030000000000001&client_secret=wrong"
                    + "&grant_type=client_credentials");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("code").asInt()).isEqualTo(1);
    assertThat(reply.error().path("type").asString()).isEqualTo("OAuthException");
  }

  private Reply exchange(String token) {
    return meta.withToken(null)
        .get(
            "/v26.0/oauth/access_token?grant_type=fb_exchange_token&"
                + APP
                + "&set_token_expires_in_60_days=true&fb_exchange_token="
                + token);
  }

  private JsonNode debug(String token) {
    return meta.get("/v26.0/debug_token?input_token=" + token).json().path("data");
  }

  private void later(int days) {
    meta.put("/_sandbox/clock", "{\"offset_seconds\":" + days * 86_400L + "}");
  }
}
