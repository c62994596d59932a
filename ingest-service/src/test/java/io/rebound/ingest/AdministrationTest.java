package io.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.ingest.RunningIngest.Answer;
import org.junit.jupiter.api.Test;

class AdministrationTest {
  private final RunningIngest ingest = RunningIngest.get();

  @Test
  void only_health_is_open() {
    assertThat(ingest.get("/actuator/health/liveness", null).status()).isEqualTo(200);
    assertThat(ingest.get("/actuator/health/readiness", null).status()).isEqualTo(200);
    for (String path : new String[] {"/v1/rejected-events", "/actuator/prometheus", "/nowhere"}) {
      Answer closed = ingest.get(path, null);
      assertThat(closed.status()).as(path).isEqualTo(401);
      assertThat(closed.body().path("detail").stringValue()).contains("Authorization: Bearer");
      assertThat(ingest.get(path, "wrong").status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void a_page_that_cannot_be_is_refused_with_its_field() {
    Answer answer = ingest.get("/v1/rejected-events?limit=0", RunningIngest.ADMIN_KEY);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errors").get(0).path("field").stringValue()).isEqualTo("limit");
  }

  @Test
  void the_list_of_rejected_events_is_paged() {
    for (int i = 0; i < 3; i++) {
      ingest.post("/v1/track", "{}");
    }

    Answer first = ingest.get("/v1/rejected-events?limit=2", RunningIngest.ADMIN_KEY);
    String next = first.body().path("next").stringValue();
    Answer second =
        ingest.get("/v1/rejected-events?limit=1&after=" + next, RunningIngest.ADMIN_KEY);

    assertThat(first.body().path("data").size()).isEqualTo(2);
    assertThat(second.body().path("data").get(0).path("id").longValue())
        .isLessThan(Long.parseLong(next));
  }

  @Test
  void what_the_doors_do_is_counted() {
    ingest.post("/v1/track", "{}");

    assertThat(ingest.get("/actuator/prometheus", RunningIngest.ADMIN_KEY).response().body())
        .contains("rebound_ingest_events_total{")
        .contains("outcome=\"rejected\"")
        .contains("rebound_ingest_publish_seconds_bucket")
        .contains("rebound_ingest_quarantine_events");
  }
}
