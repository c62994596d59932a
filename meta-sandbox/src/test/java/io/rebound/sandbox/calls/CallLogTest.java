package io.rebound.sandbox.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Sandboxes;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CallLogTest {
  private final Caller caller = Sandboxes.fresh();

  @Test
  void a_call_is_noted_with_its_answer_and_trace_id() {
    Caller.Reply good = caller.get("/v26.0/me");
    Caller.Reply bad = caller.get("/v26.0/999");

    JsonNode log = log();
    assertThat(log.path("count").asLong()).isEqualTo(2);
    JsonNode newest = log.path("data").path(0);
    assertThat(newest.path("path").asString()).isEqualTo("/v26.0/999");
    assertThat(newest.path("status").asInt()).isEqualTo(400);
    assertThat(newest.path("code").asInt()).isEqualTo(100);
    assertThat(newest.path("fbtrace_id").asString()).isEqualTo(bad.header("X-FB-Trace-ID"));
    JsonNode before = log.path("data").path(1);
    assertThat(before.path("status").asInt()).isEqualTo(200);
    assertThat(before.path("code").asInt()).isZero();
    assertThat(before.path("fbtrace_id").asString()).isEqualTo(good.header("X-FB-Trace-ID"));
  }

  @Test
  void no_token_and_no_query_is_noted() {
    caller.withToken(null).get("/v26.0/me?access_token=demo-meta-token&fields=id");

    assertThat(log().toString()).contains("/v26.0/me").doesNotContain("demo-meta-token", "fields");
  }

  @Test
  void a_fault_is_noted_as_its_caller_saw_it() {
    caller.put(
        "/_sandbox/faults",
        """
        {"rules": [{"times": 1, "status": 400, "error": {"code": 4}}, {"times": 1, "reset": true}]}
        """);

    caller.get("/v26.0/me");
    assertThatThrownBy(() -> caller.sendOrFail("POST", "/v26.0/me", "{}", "application/json"))
        .isInstanceOf(IOException.class);

    JsonNode data = log().path("data");
    assertThat(data.path(0).path("status").asInt()).as("no answer").isZero();
    assertThat(data.path(1).path("status").asInt()).isEqualTo(400);
    assertThat(data.path(1).path("code").asInt()).isEqualTo(4);
  }

  @Test
  void only_the_latest_are_kept_and_only_graph_calls() {
    for (int i = 0; i < 510; i++) {
      caller.get("/v26.0/me");
    }
    caller.get("/");
    caller.get("/_sandbox/events/stats");
    caller.get("/actuator/health");

    assertThat(log().path("count").asLong()).isEqualTo(510);
    assertThat(log().path("data")).hasSize(500);
  }

  @Test
  void the_use_of_the_limits_is_what_the_answers_say() {
    Caller.Reply reply = caller.get("/v26.0/4000000004");

    JsonNode usage = log().path("usage_percent");
    assertThat(reply.header("X-App-Usage"))
        .contains("\"call_count\":" + usage.path("app").asLong(-1));
    assertThat(usage.path("whatsapp").isNumber()).isTrue();
  }

  private JsonNode log() {
    return caller.get("/_sandbox/calls?limit=1000").json();
  }
}
