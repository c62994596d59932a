package io.rebound.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.MetaSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Meta's own Node SDK as it is published, over HTTPS. One run, then what it told. */
class NodeSdkTest {
  private static JsonNode told;
  private static JsonNode members;

  @BeforeAll
  static void run(@TempDir Path folder) throws Exception {
    Node.install();
    try (MetaSandbox sandbox =
        MetaSandbox.start(
            Map.of(
                "server.port",
                0,
                "sandbox.https.port",
                0,
                "sandbox.https.folder",
                folder.toString()))) {
      String output =
          Node.run(
              Map.of(
                  "SANDBOX",
                  "https://localhost:" + sandbox.httpsPort(),
                  "NODE_EXTRA_CA_CERTS",
                  sandbox.certificateAuthority().toString()),
              "node",
              "conformance.js");
      told = JsonMapper.shared().readTree(output);
      members =
          new Caller(sandbox.baseUrl())
              .get("/_sandbox/audiences/" + told.path("audience").asString() + "/members")
              .json()
              .path("data");
    }
  }

  @Test
  void events_are_received() {
    assertThat(told.path("events").path("received").asInt()).isEqualTo(1);
    assertThat(told.path("events").path("trace").asString()).isNotBlank();
  }

  @Test
  void refusals_arrive_with_codes_and_trace() {
    JsonNode stale = told.path("stale");
    assertThat(stale.path("refused").asBoolean()).isTrue();
    assertThat(stale.path("error").path("error_subcode").asInt()).isEqualTo(2804003);
    assertThat(stale.path("error").path("fbtrace_id").asString()).isNotBlank();
    JsonNode stranger = told.path("stranger");
    assertThat(stranger.path("status").asInt()).isEqualTo(400);
    assertThat(stranger.path("error").path("error_subcode").asInt()).isEqualTo(33);
  }

  @Test
  void members_are_added_and_removed() {
    assertThat(told.path("added").asInt()).isEqualTo(2);
    assertThat(told.path("removed").asInt()).isEqualTo(1);
    assertThat(members).hasSize(1);
    assertThat(members.toString()).contains("b".repeat(64));
  }

  @Test
  void audiences_and_products_are_read_to_their_last_page() {
    assertThat(told.path("name").asString()).isEqualTo("Audience 4");
    assertThat(texts(told.path("audiences")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 5).mapToObj(i -> "Audience " + i).toList());
    assertThat(told.path("handles").asInt()).isEqualTo(1);
    assertThat(texts(told.path("products")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 30).mapToObj(i -> "S-" + i).toList());
  }

  @Test
  void a_batch_is_answered_in_its_order() {
    assertThat(texts(told.path("batch"))).containsExactly("done", "refused");
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
