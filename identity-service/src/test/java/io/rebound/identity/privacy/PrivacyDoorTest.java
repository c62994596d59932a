package io.rebound.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.audit.AuditLog;
import io.rebound.consumption.Publisher;
import io.rebound.events.Message;
import io.rebound.events.Topic;
import io.rebound.identity.RunningIdentity;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import tools.jackson.databind.JsonNode;

/** What the door takes and how it says that it doesn't. */
class PrivacyDoorTest {
  private final RunningIdentity identity = RunningIdentity.get();
  private final Requests requests = new Requests();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                              | type
          {"type":"oblivion","identifier":{"type":"email","value":"a@b.example"}}         | type
          {"type":"erasure"}                                                              | identifier
          {"type":"erasure","identifier":{"value":"a@b.example"}}                         | identifier.type
          {"type":"erasure","identifier":{"type":"shoe_size","value":"43"}}               | identifier.type
          {"type":"erasure","identifier":{"type":"email"}}                                | identifier.value
          {"type":"access","identifier":{"type":"phone","value":"not a number"}}          | identifier.value
          {"type":"access","identifier":"a@b.example"}                                    | identifier
          """)
  void what_is_asked_wrong_is_answered_with_the_field(String body, String field) {
    HttpResponse<String> answer = identity.post("/v1/privacy/requests", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(Requests.json(answer).path("errors").path(0).path("field").asString())
        .isEqualTo(field);
    assertThat(answer.body()).doesNotContain("b.example", "not a number");
  }

  @Test
  void a_request_can_be_followed_from_the_answer_on_and_names_nobody() {
    String address = UUID.randomUUID() + "@shop.example";

    UUID request = requests.request("erasure", "email", address);

    JsonNode shown = requests.shown(request);
    assertThat(shown.path("type").asString()).isEqualTo("erasure");
    assertThat(shown.path("status").asString()).isIn("pending", "completed");
    assertThat(java.time.Instant.parse(shown.path("due_at").asString()))
        .isEqualTo(
            java.time.Instant.parse(shown.path("requested_at").asString())
                .plus(java.time.Duration.ofDays(30)));
    assertThat(shown.toString()).doesNotContain(address);
    assertThat(Tables.rowsWith(List.of(address))).isEmpty();
    assertThat(identity.get("/v1/privacy/requests/" + UUID.randomUUID()).statusCode())
        .isEqualTo(404);
    assertThat(identity.get("/v1/privacy/requests/nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void requests_are_listed_newest_first_page_by_page() {
    UUID older = requests.request("access", "email", UUID.randomUUID() + "@shop.example");
    UUID newer = requests.request("erasure", "email", UUID.randomUUID() + "@shop.example");

    JsonNode first = Requests.json(identity.get("/v1/privacy/requests?limit=1"));
    JsonNode second =
        Requests.json(
            identity.get("/v1/privacy/requests?limit=1&after=" + first.path("next").asString()));

    assertThat(first.path("data").path(0).path("request_id").asString())
        .isEqualTo(newer.toString());
    assertThat(second.path("data").path(0).path("request_id").asString())
        .isEqualTo(older.toString());
  }

  @Test
  void the_same_request_under_the_same_idempotency_key_is_one() {
    String address = UUID.randomUUID() + "@shop.example";
    String key = UUID.randomUUID().toString();

    UUID one = keyed("erasure", address, key);
    assertThat(keyed("erasure", address, key)).isEqualTo(one);
    assertThat(keyed("access", address, key)).isNotEqualTo(one);
    assertThat(keyed("erasure", address, UUID.randomUUID().toString())).isNotEqualTo(one);

    UUID last = requests.erased("email", UUID.randomUUID() + "@shop.example");
    assertThat(requests.status(last)).isEqualTo("completed");
    await().untilAsserted(() -> assertThat(requests.orders(one)).hasSize(1));
  }

  @Test
  void without_kafkas_word_nothing_is_promised() {
    var silent =
        new Publisher() {
          @Override
          public <T extends Message> CompletableFuture<Void> publish(
              Topic<T> topic, String key, T value) {
            return CompletableFuture.failedFuture(new TimeoutException());
          }
        };
    var take =
        new TakePrivacyRequest(
            identity.bean(RequestedIdentifiers.class),
            identity.bean(PrivacyRequests.class),
            silent,
            identity.bean(AuditLog.class),
            Clock.systemUTC());
    var controller =
        new PrivacyRequestsController(
            take, identity.bean(ShownRequests.class), identity.bean(AuditLog.class));
    var asked =
        new PrivacyRequest("erasure", new PrivacyRequest.Named("email", "ada@shop.example"));

    var answer =
        controller.request(
            asked, null, new UsernamePasswordAuthenticationToken("tests", "irrelevant"));

    assertThat(answer.getStatusCode().value()).isEqualTo(503);
    assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
    assertThat(asked.toString()).doesNotContain("ada@shop.example");
  }

  @Test
  void how_requests_are_going_can_be_measured() {
    await()
        .untilAsserted(() ->
            assertThat(identity.get("/actuator/prometheus").body())
                .contains(
                    "rebound_identity_privacy_open_requests",
                    "rebound_identity_privacy_overdue_requests 0.0",
                    "rebound_identity_privacy_oldest_request_seconds",
                    "rebound_identity_suppressed_events_total"));
  }

  private UUID keyed(String type, String address, String key) {
    HttpResponse<String> answer =
        identity.post(
            "/v1/privacy/requests",
            """
            {"type": "%s", "identifier": {"type": "email", "value": "%s"}}\
            """
                .formatted(type, address),
            "Idempotency-Key",
            key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return UUID.fromString(Requests.json(answer).path("request_id").asString());
  }
}
