package io.rebound.sandbox.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TenantsDoorTest {
  private static final String DOOR = "/_sandbox/tenants";

  private static MetaSandbox sandbox;

  private final Caller anybody = new Caller(sandbox.baseUrl()).withToken(null);

  @BeforeAll
  static void start() {
    sandbox = MetaSandbox.start(Map.of("server.port", 0, "sandbox.tenants.most", 3));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @AfterEach
  void without_tenants() {
    anybody
        .get(DOOR)
        .json()
        .path("data")
        .forEach(one -> anybody.delete(DOOR + "/" + one.path("name").asString(), null));
  }

  @Test
  void a_tenant_is_made_with_a_token_and_a_secret_nobody_else_has() {
    Reply made = anybody.put(DOOR + "/suite-1", "{}");
    JsonNode other = anybody.put(DOOR + "/suite-2", "{}").json();

    assertThat(made.status()).isEqualTo(201);
    JsonNode told = made.json();
    assertThat(told.path("name").asString()).isEqualTo("suite-1");
    assertThat(told.path("token").asString()).startsWith("EAA").hasSizeGreaterThan(40);
    assertThat(told.path("app_secret").asString()).matches("[0-9a-f]{32}");
    assertThat(told.path("profile").asString()).isEqualTo("instant");
    assertThat(told.path("webhook_url").asString()).isEmpty();
    assertThat(told.path("page").asString()).isEqualTo("/_tenants/suite-1/");
    assertThat(other.path("token")).isNotEqualTo(told.path("token"));
    assertThat(other.path("app_secret")).isNotEqualTo(told.path("app_secret"));
    assertThat(anybody.get(DOOR + "/suite-1").json()).isEqualTo(told);
  }

  @Test
  void asking_again_gives_the_same_tenant_and_asking_for_another_a_conflict() {
    String settings = "{\"token\": \"suite-token-1\", \"profile\": \"lifelike\"}";
    Reply made = anybody.put(DOOR + "/suite-1", settings);

    Reply again = anybody.put(DOOR + "/suite-1", settings);
    Reply whatever = anybody.send("PUT", DOOR + "/suite-1", null, "application/json");
    Reply other = anybody.put(DOOR + "/suite-1", "{\"token\": \"suite-token-2\"}");

    assertThat(made.json().path("token").asString()).isEqualTo("suite-token-1");
    assertThat(made.json().path("profile").asString()).isEqualTo("lifelike");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(made.json());
    assertThat(whatever.json()).isEqualTo(made.json());
    assertProblem(other, 409, "name", "is that of a tenant with other settings");
  }

  @Test
  void all_are_listed_page_by_page() {
    for (String name : List.of("c", "a", "b")) {
      anybody.put(DOOR + "/" + name, "{}");
    }

    var names = new ArrayList<String>();
    String after = "";
    do {
      JsonNode page = anybody.get(DOOR + "?limit=2&after=" + after).json();
      page.path("data").forEach(one -> names.add(one.path("name").asString()));
      after = page.path("next").asString("");
    } while (!after.isEmpty());

    assertThat(names).containsExactly("a", "b", "c");
  }

  @Test
  void there_are_no_more_than_the_settings_allow() {
    for (String name : List.of("a", "b", "c")) {
      assertThat(anybody.put(DOOR + "/" + name, "{}").status()).isEqualTo(201);
    }

    assertProblem(
        anybody.put(DOOR + "/d", "{}"), 409, "name", "would be one too many: there are 3 tenants");
    anybody.delete(DOOR + "/a", null);
    assertThat(anybody.put(DOOR + "/d", "{}").status()).isEqualTo(201);
  }

  @Test
  void a_removed_tenant_is_gone_with_all_it_had() {
    Suite suite = Suite.of(sandbox, "suite-1", "{\"token\": \"suite-token-1\"}");
    suite.sells("order-1");

    assertThat(anybody.delete(DOOR + "/suite-1", null).status()).isEqualTo(204);

    assertThat(suite.caller().get(Suite.AUDIENCES).error().path("code").asInt()).isEqualTo(190);
    assertProblem(anybody.get("/_tenants/suite-1/"), 404, "name", "is no tenant's");
    assertProblem(anybody.get(DOOR + "/suite-1"), 404, "name", "is no tenant's");
    assertProblem(anybody.delete(DOOR + "/suite-1", null), 404, "name", "is no tenant's");
    assertThat(Suite.of(sandbox, "suite-1", "{\"token\": \"suite-token-1\"}").received()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "a_b", "-a", "a-", "..", "default", "ü", "a%2Fb"})
  void a_name_that_makes_no_good_address_is_refused(String name) {
    Reply reply = anybody.put(DOOR + "/" + name, "{}");

    assertThat(reply.status()).isBetween(400, 499);
    assertThat(anybody.get(DOOR).json().path("data")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"token": "short"}                          | 400 | token
          {"token": "with a space"}                   | 400 | token
          {"token": 12345678}                         | 400 | token
          {"app_secret": ""}                          | 400 | app_secret
          {"profile": "INSTANT"}                      | 400 | profile
          {"webhook_url": "file:///etc/passwd"}       | 400 | webhook_url
          {"webhook_url": "shop"}                     | 400 | webhook_url
          {"tokens": ["suite-token-1"]}               | 400 | body
          ["suite-token-1"]                           | 400 | body
          {"token":                                   | 400 | body
          {"token": "demo-meta-token"}                | 409 | token
          {"token": "demo-app-secret"}                | 409 | token
          {"token": "token-of-a"}                     | 409 | token
          {"app_secret": "demo-app-secret"}           | 409 | app_secret
          {"app_secret": "secret-of-a"}               | 409 | app_secret
          {"token": "the-same", "app_secret": "the-same"} | 409 | app_secret
          """)
  void what_can_not_be_is_refused_by_field(String settings, int status, String field) {
    anybody.put(DOOR + "/a", "{\"token\": \"token-of-a\", \"app_secret\": \"secret-of-a\"}");

    Reply reply = anybody.put(DOOR + "/suite-1", settings);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(reply.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
    assertThat(anybody.get(DOOR + "/suite-1").status()).isEqualTo(404);
  }

  private static void assertProblem(Reply reply, int status, String field, String reason) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    JsonNode problem = reply.json();
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asString()).isEqualTo(field + " " + reason);
    assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(field);
    assertThat(problem.path("errors").path(0).path("reason").asString()).isEqualTo(reason);
  }
}
