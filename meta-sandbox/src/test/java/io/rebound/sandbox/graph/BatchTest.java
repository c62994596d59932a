package io.rebound.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchTest {
  private static final String CREATE =
      """
      {"method":"POST","name":"made","relative_url":"act_2000000002/customaudiences",\
      "body":"name=Buyers&subtype=CUSTOM&customer_file_source=USER_PROVIDED_ONLY"}\
      """;

  private final Caller meta = Sandboxes.fresh();

  @ParameterizedTest
  @ValueSource(strings = {"/v26.0/", "/v26.0", "/"})
  void each_call_is_answered_in_its_place(String path) {
    Reply reply =
        batch(
            path,
            """
            [%s,{"method":"GET","relative_url":"42?fields=id"},
             {"method":"GET","relative_url":"v26.0/act_2000000002?fields=name"}]\
            """
                .formatted(CREATE));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json()).hasSize(3);
    assertThat(code(reply, 0)).isEqualTo(200);
    assertThat(code(reply, 1)).isEqualTo(400);
    assertThat(body(reply, 1).path("error").path("error_subcode").asInt()).isEqualTo(33);
    assertThat(body(reply, 1).path("error").path("fbtrace_id").asString()).isNotBlank();
    assertThat(body(reply, 2).path("name").asString()).isEqualTo("Sandbox account");
  }

  @Test
  void a_later_call_refers_to_what_an_earlier_one_answered() {
    Reply reply =
        batch(
            "/v26.0/",
            """
            [%s,{"method":"GET","relative_url":"{result=made:$.id}?fields=name"},
             {"method":"GET","name":"all","relative_url":"act_2000000002/customaudiences"},
             {"method":"DELETE","relative_url":"{result=all:$.data.*.id}"}]\
            """
                .formatted(CREATE));

    assertThat(body(reply, 1).path("name").asString()).isEqualTo("Buyers");
    assertThat(body(reply, 3).path("success").asBoolean()).isTrue();
    assertThat(meta.get("/_sandbox/audiences").json().path("data")).isEmpty();
  }

  @Test
  void what_depends_on_a_failed_call_is_not_done() {
    Reply reply =
        batch(
            "/v26.0/",
            """
            [{"method":"GET","name":"missing","relative_url":"42"},
             %s]\
            """
                .formatted(CREATE.replace("\"name\"", "\"depends_on\":\"missing\",\"name\"")));

    assertThat(code(reply, 1)).isEqualTo(400);
    assertThat(meta.get("/_sandbox/audiences").json().path("data")).isEmpty();
  }

  @Test
  void an_answer_that_is_not_wanted_is_null() {
    Reply reply =
        batch(
            "/v26.0/",
            "[" + CREATE.replace("\"name\"", "\"omit_response_on_success\":true,\"name\"") + "]");

    assertThat(reply.json().path(0).isNull()).isTrue();
    assertThat(meta.get("/_sandbox/audiences").json().path("data")).hasSize(1);
  }

  @Test
  void headers_are_left_out_on_request() {
    String calls = "[{\"method\":\"GET\",\"relative_url\":\"me\"}]";

    assertThat(batch("/v26.0/", calls).json().path(0).path("headers")).isNotEmpty();
    assertThat(batch("/v26.0/?include_headers=false", calls).json().path(0).has("headers"))
        .isFalse();
  }

  @Test
  void a_call_without_a_good_token_is_refused_alone() {
    Reply reply =
        batch(
            "/v26.0/",
            "[{\"relative_url\":\"me\"},{\"relative_url\":\"me\",\"access_token\":\"nobody\"}]");

    assertThat(code(reply, 0)).isEqualTo(200);
    assertThat(body(reply, 1).path("error").path("code").asInt()).isEqualTo(190);
  }

  @Test
  void more_than_fifty_or_malformed_ones_are_refused_as_a_whole() {
    String many = String.join(",", Collections.nCopies(51, "{\"relative_url\":\"me\"}"));

    assertThat(batch("/v26.0/", "[" + many + "]").error().path("code").asInt()).isEqualTo(100);
    assertThat(batch("/v26.0/", "[{").error().path("code").asInt()).isEqualTo(100);
    assertThat(batch("/v26.0/", "[{}]").error().path("code").asInt()).isEqualTo(100);
  }

  private Reply batch(String path, String calls) {
    return meta.form(path, "batch=" + URLEncoder.encode(calls, StandardCharsets.UTF_8));
  }

  private static int code(Reply reply, int at) {
    return reply.json().path(at).path("code").asInt();
  }

  private static JsonNode body(Reply reply, int at) {
    return JsonMapper.shared().readTree(reply.json().path(at).path("body").asString());
  }
}
