package io.rebound.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.problems.InvalidRequest;
import io.rebound.problems.NotFound;
import io.rebound.problems.ProblemsConfiguration;
import io.rebound.startup.ServiceLauncher;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A small service, started as every service is, and called as everybody may try to. */
class ClosedDoorsTest {
  private static final String ADMIN = "an-admin-key-of-this-test";
  private static final String METRICS = "a-metrics-key-of-this-test";
  // printf %s an-admin-key-of-this-test | sha256sum, and so on
  private static final String ADMIN_SHA256 =
      "e0137cd9a861b1ad6170a5aaf8026dcafa10b3e3613260aa7c1f43efb7777d34";
  private static final String METRICS_SHA256 =
      "033d42ac5aec9785c80288ee2ea0f3e261417aa096b3f390ba3b5ae250512c96";
  private static final String DEMO_ADMIN_SHA256 =
      "ac5bb3526d3be432ba19fb1fc0712d350c160bd2169cd24401c9fcaeaac2d860";

  private static ConfigurableApplicationContext service;
  private static HttpClient client;

  record Order(BigDecimal value, Line line) {}

  record Line(int quantity) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
      })
  @Import({SecurityConfiguration.class, ProblemsConfiguration.class})
  @RestController
  static class SmallService {
    @GetMapping("/v1/things/{id}")
    String thing(@PathVariable long id) {
      if (id == 404) {
        throw new NotFound("thing");
      }
      return "thing";
    }

    @PutMapping("/v1/orders")
    String order(@RequestBody Order order, @RequestParam int page) {
      if (order.value().signum() < 0) {
        throw new InvalidRequest("value", "must not be negative");
      }
      if (order.line().quantity() == 13) {
        throw new IllegalStateException("secret@example.com");
      }
      return "ok";
    }

    @GetMapping("/open/hello")
    String hello() {
      return "hello";
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
      })
  @Import(SecurityConfiguration.class)
  static class ServiceWithSecret {
    @Bean
    ConfiguredSecret appSecret() {
      return new ConfiguredSecret("rebound.test.app-secret", "demo-app-secret");
    }

    @Bean
    ConfiguredSecrets writeKeys() {
      return new ConfiguredSecrets(
          List.of(
              new ConfiguredSecret("rebound.test.keys (own)", "one of its own"),
              new ConfiguredSecret("rebound.test.keys (demo)", DEMO_ADMIN_SHA256)));
    }
  }

  @BeforeAll
  static void start() {
    service = launch(SmallService.class, Map.of());
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    service.close();
  }

  private static ConfigurableApplicationContext launch(
      Class<?> type, Map<String, Object> settings) {
    var all = new HashMap<String, Object>();
    all.put("server.port", 0);
    all.put("rebound.security.keys[0].name", "ops");
    all.put("rebound.security.keys[0].sha256", ADMIN_SHA256);
    all.put("rebound.security.keys[0].scopes", "admin");
    all.put("rebound.security.keys[1].name", "prometheus");
    all.put("rebound.security.keys[1].sha256", METRICS_SHA256.toUpperCase(java.util.Locale.ROOT));
    all.put("rebound.security.keys[1].scopes", "metrics");
    all.put("rebound.security.open-paths", "/open/**");
    all.put("management.endpoints.web.exposure.include", "health,prometheus");
    all.put("management.metrics.use-global-registry", "false");
    all.putAll(settings);
    return ServiceLauncher.launch(type, "small", WebApplicationType.SERVLET, all);
  }

  @ParameterizedTest
  @CsvSource({
    "/actuator/health,    , 200",
    "/actuator/health/readiness,, 200",
    "/open/hello,         , 200",
    "/v1/things/1,        , 401",
    "/v1/things/1, wrong, 401",
    "/v1/things/1, a-metrics-key-of-this-test, 403",
    "/v1/things/1, an-admin-key-of-this-test, 200",
    "/actuator/prometheus,, 401",
    "/actuator/prometheus, a-metrics-key-of-this-test, 200",
    "/actuator/prometheus, an-admin-key-of-this-test, 200",
    "/nowhere,            , 401",
    "/nowhere, an-admin-key-of-this-test, 404",
  })
  void a_door_opens_to_the_right_key_only(String path, String key, int status) throws Exception {
    HttpResponse<String> answer = send("GET", path, key, null);

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status >= 400) {
      assertThat(answer.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }
    if (key != null) {
      assertThat(answer.body()).doesNotContain(key);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"value\": 1 | body",
        "{\"value\": \"secret@example.com\", \"line\": {\"quantity\": 1}} | value",
        "{\"value\": 1, \"line\": {\"quantity\": \"secret@example.com\"}} | line.quantity",
        "{\"value\": -5, \"line\": {\"quantity\": 1}} | value",
      })
  void a_bad_request_learns_which_field_is_wrong_and_no_value_is_repeated(String body, String field)
      throws Exception {
    HttpResponse<String> answer = send("PUT", "/v1/orders?page=1", ADMIN, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"field\":\"" + field + "\"", "urn:rebound:problem:")
        .doesNotContain("secret@example.com");
  }

  @Test
  void a_parameter_of_the_wrong_type_or_missing_is_named() throws Exception {
    String body = "{\"value\": 1, \"line\": {\"quantity\": 1}}";
    assertThat(send("PUT", "/v1/orders?page=x", ADMIN, body).body()).contains("\"field\":\"page\"");
    assertThat(send("PUT", "/v1/orders", ADMIN, body).body()).contains("\"field\":\"page\"");
    assertThat(send("GET", "/v1/things/abc", ADMIN, null).body()).contains("\"field\":\"id\"");
  }

  @Test
  void what_is_not_there_is_a_404_that_says_what() throws Exception {
    HttpResponse<String> answer = send("GET", "/v1/things/404", ADMIN, null);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no such thing", "urn:rebound:problem:not-found");
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void a_defect_of_ours_tells_the_client_nothing_and_the_log_only_where(CapturedOutput output)
      throws Exception {
    String body = "{\"value\": 1, \"line\": {\"quantity\": 13}}";
    HttpResponse<String> answer = send("PUT", "/v1/orders?page=1", ADMIN, body);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("urn:rebound:problem:internal")
        .doesNotContain("secret@example.com");
    assertThat(output.getAll())
        .contains("IllegalStateException", "SmallService.order")
        .doesNotContain("secret@example.com");
  }

  @ParameterizedTest
  @ValueSource(classes = {SmallService.class, ServiceWithSecret.class})
  void a_service_refuses_to_start_with_a_demo_secret(Class<?> type) {
    Map<String, Object> demoKey =
        type == SmallService.class
            ? Map.of("rebound.security.keys[0].sha256", DEMO_ADMIN_SHA256)
            : Map.of();

    assertThatThrownBy(() -> launch(type, demoKey).close())
        .rootCause()
        .hasMessageContaining("demo secret")
        .hasMessageContaining(
            type == SmallService.class
                ? "rebound.security.keys (ops)"
                : "rebound.test.app-secret, rebound.test.keys (demo).")
        .hasMessageNotContaining("demo-app-secret");
  }

  @Test
  void the_quickstart_may_use_demo_secrets() {
    try (var quickstart = launch(ServiceWithSecret.class, Map.of("rebound.quickstart", "true"))) {
      assertThat(quickstart.isRunning()).isTrue();
    }
  }

  @Test
  void a_key_that_is_not_a_hash_is_refused_with_its_name() {
    assertThatThrownBy(
            () -> launch(SmallService.class, Map.of("rebound.security.keys[0].sha256", "abc")))
        .rootCause()
        .hasMessageContaining("key ops must have 64 hex digits");
  }

  private static HttpResponse<String> send(String method, String path, String key, String body)
      throws Exception {
    String port = service.getEnvironment().getProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
