package io.rebound.sandbox.conversions;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DatasetQualityTest {
  private static final String ALL =
      "web{event_name,event_match_quality,event_coverage,dedupe_key_feedback,data_freshness,acr}";

  private final Caller meta = Sandboxes.fresh();

  @Test
  void without_events_there_is_nothing_to_rate() {
    assertThat(quality(ALL).json()).isEmpty();
  }

  // the keys and coverages of the sample on Meta's page, which has 7.2
  @Test
  void the_sample_of_metas_page_comes_to_its_score() {
    for (int i = 0; i < 64; i++) {
      ObjectNode event = rich("{\"event_id\":\"e-%d\"}".formatted(i));
      if (i == 0) {
        ((ObjectNode) event.path("user_data")).remove("em"); // 98.4 % have one
      }
      Events.post(meta, event);
    }

    JsonNode purchase = quality(ALL).json().path("web").path(0);
    assertThat(purchase.path("event_name").asString()).isEqualTo("Purchase");
    JsonNode match = purchase.path("event_match_quality");
    assertThat(match.path("composite_score").asDouble()).isEqualTo(7.2);
    assertThat(coverage(match, "email")).isEqualTo(98.4);
    assertThat(coverage(match, "ip_address")).isEqualTo(100);
    assertThat(match.path("match_key_feedback")).hasSize(4);
  }

  @Test
  void a_key_in_the_wrong_form_lowers_the_score() {
    Events.post(meta, Events.purchase());
    double hashed = score();
    Events.post(meta, Events.purchase("{\"user_data\":{\"em\":\"mary@example.com\"}}"));

    assertThat(score()).isEqualTo(hashed / 2);
    assertThat(coverage(web().path("event_match_quality"), "email")).isEqualTo(50);
  }

  @Test
  void keys_to_deduplicate_by_are_counted_and_repetitions_are_not() {
    Events.post(meta, Events.purchase("{\"event_id\":\"e-1\"}"));
    Events.post(meta, Events.purchase("{\"event_id\":\"e-1\"}"));
    Events.post(meta, Events.purchase());

    JsonNode feedback = web().path("dedupe_key_feedback").path(0);
    assertThat(feedback.path("dedupe_key").asString()).isEqualTo("event_id");
    assertThat(feedback.path("server_events_with_dedupe_key").path("percentage").asDouble())
        .isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({"60, real_time", "7200, hourly", "172800, daily"})
  void freshness_is_how_late_events_arrive(long late, String frequency) {
    Events.post(meta, Events.purchase("{\"event_time\":%d}".formatted(Events.now() - late)));

    assertThat(web().path("data_freshness").path("upload_frequency").asString())
        .isEqualTo(frequency);
  }

  @Test
  void only_website_events_of_the_last_48_hours_are_rated() {
    Events.post(
        meta,
        Events.purchase("{\"action_source\":\"physical_store\"}"),
        Events.purchase("{\"event_name\":\"Lead\"}"));
    assertThat(quality("web{event_name}").json().path("web")).hasSize(1);

    meta.put("/_sandbox/clock", "{\"offset_seconds\":172801}");

    assertThat(quality(ALL).json()).isEmpty();
  }

  @Test
  void the_events_of_one_agent_may_be_rated() {
    meta.post(
        Events.PATH, Events.body(Events.purchase()).put("partner_agent", "Acme_1_0").toString());
    Events.post(meta, Events.purchase("{\"event_name\":\"Lead\"}"));

    String path = "/v26.0/dataset_quality?dataset_id=1000000001&agent_name=";
    assertThat(meta.get(path + "acme").json().path("web")).hasSize(1);
    assertThat(meta.get(path + "another").json()).isEmpty();
    assertThat(quality("web").json().path("web")).hasSize(2);
  }

  @Test
  void only_what_is_asked_for_is_answered() {
    Events.post(meta, Events.purchase());

    assertThat(quality("web{event_name,event_match_quality{composite_score}}").text())
        .isEqualTo(
            "{\"web\":[{\"event_name\":\"Purchase\",\"event_match_quality\":{\"composite_score\":4.6}}]}");
    assertThat(quality("web{event_nam}").error().path("message").asString())
        .contains("nonexisting field (event_nam)");
    assertThat(quality("offline").status()).isEqualTo(400);
    assertThat(quality("web{event_name").error().path("code").asInt()).isEqualTo(2500);
    assertThat(quality("web}").error().path("code").asInt()).isEqualTo(2500);
  }

  @Test
  void the_dataset_must_be_named_and_the_path_be_at_the_top() {
    assertThat(meta.get("/v26.0/dataset_quality").error().path("code").asInt()).isEqualTo(100);
    assertThat(
            meta.get("/v26.0/dataset_quality?dataset_id=7").error().path("error_subcode").asInt())
        .isEqualTo(33);
    assertThat(meta.get("/v26.0/1000000001/dataset_quality").error().path("code").asInt())
        .isEqualTo(2500);
  }

  private static ObjectNode rich(String changes) {
    ObjectNode event = Events.purchase(changes);
    ((ObjectNode) event.path("user_data"))
        .put("external_id", "user-42")
        .put("client_ip_address", "2001:db8::1")
        .put("client_user_agent", "Mozilla/5.0");
    return event;
  }

  private JsonNode web() {
    return quality(ALL).json().path("web").path(0);
  }

  private double score() {
    return web().path("event_match_quality").path("composite_score").asDouble();
  }

  private static double coverage(JsonNode match, String identifier) {
    return match
        .path("match_key_feedback")
        .valueStream()
        .filter(one -> one.path("identifier").asString().equals(identifier))
        .findFirst()
        .orElseThrow()
        .path("coverage")
        .path("percentage")
        .asDouble();
  }

  private Reply quality(String fields) {
    return meta.get(
        "/v26.0/dataset_quality?dataset_id=1000000001&fields="
            + URLEncoder.encode(fields, StandardCharsets.UTF_8));
  }
}
