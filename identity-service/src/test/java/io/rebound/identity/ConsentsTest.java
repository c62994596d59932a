package io.rebound.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rebound.events.EventJson;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is stated elsewhere and entered by somebody: the door, and how it is kept. */
class ConsentsTest {
  private final RunningIdentity identity = RunningIdentity.get();
  private final String address = UUID.randomUUID() + "@shop.example";

  @Test
  void an_entered_statement_decides_and_says_who_entered_it() {
    HttpResponse<String> answer =
        put(
            """
            {"identifier":{"type":"email","value":"%s"},"consents":{"ads":true,"messaging":false},
             "source":"call-centre","at":"2026-03-01T10:15:30Z","text_version":"2026-03",
             "proof":{"method":"telephone","reference":"call-4711"}}
            """
                .formatted(address.toUpperCase()));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String event = EventJson.MAPPER.readTree(answer.body()).path("event_id").stringValue();
    JsonNode person = personWhenHeard(event);
    assertThat(person.path("consents").path("ads").booleanValue()).isTrue();
    assertThat(person.path("consents").path("messaging").booleanValue()).isFalse();
    JsonNode why = person.path("consents_decided_by").path("ads");
    assertThat(why.path("basis").stringValue()).isEqualTo("stated");
    assertThat(why.path("source").stringValue()).isEqualTo("call-centre");
    assertThat(why.path("at").stringValue()).isEqualTo("2026-03-01T10:15:30Z");
    assertThat(why.path("text_version").stringValue()).isEqualTo("2026-03");
    assertThat(why.path("method").stringValue()).isEqualTo("telephone");
    assertThat(why.path("reference").stringValue()).isEqualTo("call-4711");
    assertThat(why.path("recorded_by").stringValue()).isEqualTo("tests");
    JsonNode profiling = person.path("consents_decided_by").path("profiling");
    assertThat(profiling.path("basis").stringValue()).isEqualTo("assumed");
    assertThat(profiling.path("value").booleanValue()).isFalse();
    JsonNode history =
        json("/v1/persons/" + person.path("person_id").stringValue() + "/consents").path("data");
    assertThat(history.size()).isEqualTo(1);
    assertThat(history.get(0).path("consents").toString())
        .isEqualTo("{\"ads\":true,\"messaging\":false}");
  }

  @Test
  void the_same_call_again_is_one_statement_and_a_withdrawal_under_its_key_is_another() {
    String yes = statement("{\"ads\":true}");
    String first = eventId(put(yes, "order-17 " + address));
    assertThat(eventId(put(yes, "order-17 " + address))).isEqualTo(first);
    assertThat(first).doesNotContain(address);

    String withdrawal = eventId(put(statement("{\"ads\":false}"), "order-17 " + address));

    assertThat(withdrawal).isNotEqualTo(first);
    assertThat(personWhenHeard(withdrawal).path("consents").path("ads").booleanValue()).isFalse();
  }

  @Test
  void a_statement_made_before_another_does_not_undo_it() {
    put(statement("{\"ads\":false}"));
    String late =
        eventId(
            put(
                """
                {"identifier":{"type":"email","value":"%s"},"consents":{"ads":true},
                 "at":"2026-01-01T00:00:00+01:00"}
                """
                    .formatted(address)));

    JsonNode person = personWhenHeard(late);

    assertThat(person.path("consents").path("ads").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|identifier",
        "{'identifier':'anna@shop.example','consents':{'ads':true}}|identifier",
        "{'identifier':{'type':'shoe','value':'43'},'consents':{'ads':true}}|identifier.type",
        "{'identifier':{'type':'email'},'consents':{'ads':true}}|identifier.value",
        "{'identifier':{'type':'phone','value':'anna@shop.example'},'consents':{'ads':true}}|identifier.value",
        "{'identifier':{'type':'email','value':'anna@shop.example'}}|consents",
        "{'identifier':{'type':'email','value':'anna@shop.example'},'consents':{}}|consents",
        "{'identifier':{'type':'email','value':'anna@shop.example'},'consents':{'ads':'yes'}}|consents.ads",
        "{'identifier':{'type':'email','value':'anna@shop.example'},'consents':{'ads':null}}|consents.ads",
        "{'identifier':{'type':'email','value':'anna@shop.example'},'consents':{'ads':true,'sms':true}}|consents",
        "{'identifier':{'type':'email','value':'anna@shop.example'},'consents':{'ads':true},'source':'a b'}|source",
        "{'identifier':{'type':'email','value':'anna@shop.example'},'consents':{'ads':true},'at':'yesterday'}|at",
        "{'identifier':{'type':'email','value':'anna@shop.example'},'consents':{'ads':true},'at':'2999-01-01T00:00:00Z'}|at",
        "{'identifier':{'type':'email','value':'anna@shop.example'},'consents':{'ads':true},'text_version':'anna@shop.example'}|text_version",
        "{'identifier':{'type':'email','value':'anna@shop.example'},'consents':{'ads':true},'proof':'x'}|proof",
        "{'identifier':{'type':'email','value':'anna@shop.example'},'consents':{'ads':true},'proof':{'reference':'4915112345678'}}|proof.reference",
      })
  void what_cannot_be_read_is_refused_with_its_field(String body, String field) {
    HttpResponse<String> answer = put(body.replace('\'', '"'));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"field\":\"" + field + "\"")
        .doesNotContain("anna")
        .doesNotContain("4915112345678");
  }

  @Test
  void a_key_of_the_call_has_a_length() {
    assertThat(put(statement("{\"ads\":true}"), "k".repeat(201)).body())
        .contains("\"field\":\"Idempotency-Key\"");
  }

  @Test
  void a_clock_a_little_ahead_is_no_error_and_nothing_is_stated_in_the_future() {
    String ahead = Instant.now().plusSeconds(30).toString();
    String event =
        eventId(
            put(
                """
                {"identifier":{"type":"email","value":"%s"},"consents":{"ads":true},"at":"%s"}
                """
                    .formatted(address, ahead)));

    JsonNode why = personWhenHeard(event).path("consents_decided_by").path("ads");
    assertThat(Instant.parse(why.path("at").stringValue())).isBefore(Instant.parse(ahead));
  }

  @Test
  void nobody_changes_or_removes_what_was_stated_but_an_erasure() {
    JsonNode person = personWhenHeard(eventId(put(statement("{\"ads\":false}"))));
    JdbcClient database = identity.bean(JdbcClient.class);
    String subject =
        "from consent_statement where subject_id in (select identifier_id from identifier where"
            + " person_id = '"
            + person.path("person_id").stringValue()
            + "')";

    assertThatThrownBy(() -> database.sql("update consent_statement set ads = true").update())
        .isInstanceOf(DataAccessException.class)
        .rootCause()
        .hasMessageContaining("never changed or removed");
    assertThatThrownBy(() -> database.sql("delete " + subject).update())
        .isInstanceOf(DataAccessException.class)
        .rootCause()
        .hasMessageContaining("never changed or removed");
    assertThat(
            database
                .sql("select forget_consent_statements(array(select subject_id " + subject + "))")
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(database.sql("select count(*) " + subject).query(Long.class).single()).isZero();
    personWhenHeard(eventId(put(statement("{\"ads\":true}"))));
    assertThatThrownBy(() -> database.sql("delete from consent_statement").update())
        .as("the way is shut again")
        .isInstanceOf(DataAccessException.class);
  }

  private String statement(String consents) {
    return "{\"identifier\":{\"type\":\"email\",\"value\":\"%s\"},\"consents\":%s}"
        .formatted(address, consents);
  }

  private HttpResponse<String> put(String body) {
    return identity.put("/v1/consents", body, Map.of());
  }

  private HttpResponse<String> put(String body, String key) {
    return identity.put("/v1/consents", body, Map.of("Idempotency-Key", key));
  }

  private static String eventId(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return EventJson.MAPPER.readTree(answer.body()).path("event_id").stringValue();
  }

  private JsonNode personWhenHeard(String event) {
    await()
        .untilAsserted(() ->
            assertThat(
                    identity
                        .bean(JdbcClient.class)
                        .sql("select count(*) from consent_statement where event_id = :event")
                        .param("event", event)
                        .query(Long.class)
                        .single())
                .isEqualTo(1));
    return json("/v1/persons?email=" + address);
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = identity.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return EventJson.MAPPER.readTree(answer.body());
  }
}
