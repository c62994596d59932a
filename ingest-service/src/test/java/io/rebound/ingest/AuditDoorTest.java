package io.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.ingest.RunningIngest.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The audit's doors on a server without servlets. */
class AuditDoorTest {
  private final RunningIngest ingest = RunningIngest.get();

  @Test
  void who_read_the_audit_is_in_it() {
    assertThat(ingest.get("/v1/audit", null).status()).isEqualTo(401);

    assertThat(audit("").status()).isEqualTo(200);
    JsonNode newest = audit("?limit=1").body().path("data").path(0);

    assertThat(newest.path("action").asString()).isEqualTo("audit.read");
    assertThat(newest.path("actor").asString()).isEqualTo("tests");
    assertThat(newest.path("subject").path("type").asString()).isEqualTo("audit");
    assertThat(newest.path("ground").asString()).isEqualTo("administration");
  }

  @Test
  void the_chain_can_be_verified_also_against_a_head_that_was_noted() {
    audit("");
    JsonNode first = audit("/verify").body();
    audit("");
    JsonNode later = audit("/verify?head=" + first.path("head").asString()).body();

    assertThat(first.path("intact").booleanValue()).isTrue();
    assertThat(later.path("intact").booleanValue()).isTrue();
    assertThat(later.path("entries").longValue()).isGreaterThan(first.path("entries").longValue());

    JsonNode other = audit("/verify?head=1:" + "0".repeat(64)).body();
    assertThat(other.path("intact").booleanValue()).isFalse();
    assertThat(other.path("first_broken").longValue()).isEqualTo(1);
  }

  @Test
  void what_is_asked_wrong_is_answered_with_the_field() {
    assertThat(field("?limit=0")).isEqualTo("limit");
    assertThat(field("?action=everything")).isEqualTo("action");
    assertThat(field("?subject=person:anna@shop.example")).isEqualTo("subject");
    assertThat(field("?from=yesterday")).isEqualTo("from");
    assertThat(field("/verify?head=abc")).isEqualTo("head");
  }

  private String field(String query) {
    Answer answer = audit(query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.response().body()).doesNotContain("anna");
    return answer.body().path("errors").path(0).path("field").asString();
  }

  private Answer audit(String query) {
    return ingest.get("/v1/audit" + query, RunningIngest.ADMIN_KEY);
  }
}
