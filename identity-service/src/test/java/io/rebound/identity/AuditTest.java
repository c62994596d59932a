package io.rebound.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Topics;
import io.rebound.identity.sightings.PersonIds;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever looks somebody up leaves a trace, without the address that was looked for. */
class AuditTest {
  private final RunningIdentity identity = RunningIdentity.get();
  private final JdbcClient jdbc = identity.bean(JdbcClient.class);
  private final String address = UUID.randomUUID() + "@shop.example";

  @Test
  void each_way_of_looking_a_person_up_is_audited() {
    UUID anna = known(address);

    assertThat(identity.get("/v1/persons?email=" + address).statusCode()).isEqualTo(200);
    identity.post("/v1/persons/lookup", "{\"type\":\"email\",\"value\":\"%s\"}".formatted(address));
    identity.get("/v1/persons/" + anna);

    JsonNode entries = audit("?subject=person:" + anna + "&action=person.read");
    assertThat(entries.size()).isEqualTo(3);
    assertThat(entries.valueStream().map(entry -> entry.path("details").path("by").asString()))
        .containsExactly("person_id", "email", "email"); // newest first
    assertThat(entries.valueStream())
        .allMatch(entry -> entry.path("actor").asString().equals("tests"))
        .allMatch(entry -> entry.path("ground").asString().equals("administration"));
    assertThat(everythingKept()).noneMatch(row -> row.contains(address));
  }

  @Test
  void a_look_at_somebodys_trace_is_part_of_the_trace() {
    UUID person = UUID.randomUUID();
    audit("?subject=person:" + person);

    assertThat(audit("?subject=person:" + person).path(0).path("action").asString())
        .isEqualTo("audit.read");
  }

  @Test
  void looking_for_somebody_who_is_not_there_is_audited_without_what_was_looked_for() {
    assertThat(identity.get("/v1/persons?email=" + address).statusCode()).isEqualTo(404);

    JsonNode newest = audit("?action=person.read&subject=person&limit=1").path(0);
    assertThat(newest.path("subject").has("id")).isFalse();
    assertThat(newest.path("details").path("by").asString()).isEqualTo("email");
    assertThat(everythingKept()).noneMatch(row -> row.contains(address));
  }

  @Test
  void a_dead_letter_that_is_retried_is_audited_and_one_that_is_not_there_is_not() {
    jdbc.sql(
            """
            insert into dead_letter (topic, partition_no, record_offset, record_time, record_key,
                                     record_value, headers, reason)
            values (:topic, 0, :offset, now(), 'key', '{}', '{}', 'of a test')
            """)
        .param("topic", Topics.EVENTS.name())
        .param("offset", 4_711_000_000L) // none that was ever consumed
        .update();
    long id =
        jdbc.sql("select id from dead_letter where reason = 'of a test'")
            .query(Long.class)
            .single();

    assertThat(identity.post("/v1/dead-letters/" + id + "/retry", "").statusCode()).isEqualTo(202);
    assertThat(identity.post("/v1/dead-letters/99999/retry", "").statusCode()).isEqualTo(404);

    JsonNode retries = audit("?action=dead_letter.retried");
    assertThat(retries.path(0).path("subject").path("id").asString()).isEqualTo("" + id);
    assertThat(audit("?subject=dead_letter:99999").size()).isZero();
  }

  @Test
  void the_audit_is_paged_and_filtered() {
    for (int n = 0; n < 3; n++) {
      audit("");
    }
    JsonNode first =
        JsonMapper.shared().readTree(identity.get("/v1/audit?limit=2&actor=tests").body());
    JsonNode second = audit("?limit=2&after=" + first.path("next").asString());

    assertThat(first.path("data").size()).isEqualTo(2);
    assertThat(second.path(0).path("seq").longValue())
        .isEqualTo(first.path("data").path(1).path("seq").longValue() - 1);
    assertThat(audit("?actor=nobody").size()).isZero();
    assertThat(audit("?to=2020-01-01T00:00:00Z").size()).isZero();
    assertThat(audit("?from=2020-01-01T00:00:00%2B01:00&limit=1").size()).isEqualTo(1);
  }

  @Test
  void the_audits_doors_are_described_and_its_entries_counted() {
    assertThat(identity.get("/v3/api-docs").body())
        .contains("/v1/audit", "/v1/audit/verify")
        .doesNotContain("\"caller\"");
    audit("");
    assertThat(identity.get("/actuator/prometheus").body())
        .contains("rebound_identity_audit_entries_total{action=\"audit.read\"}")
        .contains("rebound_identity_audit_chain_broken 0.0");
    assertThat(identity.get("/v1/audit/verify").body()).contains("\"intact\":true");
  }

  private List<String> everythingKept() {
    return jdbc.sql("select e::text from audit_entry e").query(String.class).list();
  }

  private JsonNode audit(String query) {
    return JsonMapper.shared().readTree(identity.get("/v1/audit" + query).body()).path("data");
  }

  private UUID known(String email) {
    String hash = IdentifierHashes.of(IdentifierType.EMAIL, email, Locality.unknown()).getFirst();
    String pseudonym = identity.bean(Pseudonyms.class).of(IdentifierType.EMAIL, hash);
    UUID id = PersonIds.of(new Identifier(IdentifierType.EMAIL, pseudonym));
    jdbc.sql("insert into person (person_id) values (:id)").param("id", id).update();
    jdbc.sql(
            """
            insert into identifier (identifier_id, type, pseudonym, person_id)
            values (:id, 'email', :pseudonym, :id)
            """)
        .param("id", id)
        .param("pseudonym", pseudonym)
        .update();
    return id;
  }
}
