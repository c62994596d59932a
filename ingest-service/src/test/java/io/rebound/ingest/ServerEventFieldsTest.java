package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.ingest.RunningIngest.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a server event says beside who and what. */
class ServerEventFieldsTest {
  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @Test
  void every_documented_field_goes_on() {
    Answer answer =
        post(
            """
            "opt_out":false,"referrer_url":"https://user@shop.example/c?utm_source=x&email=a@b.de#y",
            "customer_segmentation":"new_customer_to_business","advanced_measurement_table":"t",
            "data_processing_options":[],
            "original_event_data":{"event_name":"Lead","event_time":1795467600,"order_id":"o","event_id":"e"},
            "attribution_data":{"ad_id":"9","attribution_share":0.5},
            "custom_data":{"store_data":{"store_code":"s-1"},"status":true,"customer_segmentation":"x"}
            """,
            "\"test_event_code\":\"T1\",\"partner_agent\":\"acme_1_0\",\"namespace_id\":7,\"upload_tag\":\"u\"");

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(answer.body().path("messages")).isEmpty();
    assertThat(ingest.event(id).serverFields())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("opt_out", false),
                Map.entry("referrer_url", "https://shop.example/c?utm_source=x"),
                Map.entry("customer_segmentation", "new_customer_to_business"),
                Map.entry("advanced_measurement_table", "t"),
                Map.entry("data_processing_options", List.of()),
                Map.entry(
                    "original_event_data",
                    Map.of(
                        "event_name", "Lead",
                        "event_time", 1795467600,
                        "order_id", "o",
                        "event_id", "e")),
                Map.entry("test_event_code", "T1"),
                Map.entry("partner_agent", "acme_1_0"),
                Map.entry("namespace_id", "7"),
                Map.entry("upload_tag", "u")));
    assertThat(ingest.event(id).customData())
        .containsEntry("store_data", Map.of("store_code", "s-1"))
        .containsEntry("status", true)
        .containsEntry("customer_segmentation", "x");
    assertThat(ingest.sealedFields(id).get("attribution_data").path("ad_id").asString())
        .isEqualTo("9");
    assertThat(ingest.record(id)).doesNotContain("attribution_share");
  }

  @Test
  void an_event_without_them_is_as_small_as_before() {
    post("\"opt_out\":null", "\"access_token\":null");

    assertThat(ingest.record(id)).doesNotContain("server_fields", "sealed_fields");
  }

  @Test
  void what_does_not_go_on_is_named() {
    Answer answer =
        post(
            """
            "custom_data":{"size":"M","colour":"red","contents":[{"id":"1","weight":2}]},
            "made_up":1
            """,
            "\"platforms\":[]");

    assertThat(answer.body().path("messages").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder(
            "platforms is not passed on",
            "made_up is not passed on",
            "custom_data.colour is not passed on",
            "custom_data.contents.weight is not passed on");
    assertThat(ingest.event(id).customData()).containsEntry("size", "M");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "opt_out                          |         | \"opt_out\":\"yes\"",
        "data_processing_options          |         | \"data_processing_options\":\"LDU\"",
        "data_processing_options          |         | \"data_processing_options\":[\"XYZ\"]",
        "data_processing_options_country  |         | \"data_processing_options\":[\"LDU\"]",
        "data_processing_options_country  |         | \"data_processing_options\":[\"LDU\"],\"data_processing_options_country\":49,\"data_processing_options_state\":0",
        "data_processing_options_state    |         | \"data_processing_options\":[\"LDU\"],\"data_processing_options_country\":1",
        "data_processing_options_state    |         | \"data_processing_options\":[\"LDU\"],\"data_processing_options_country\":1,\"data_processing_options_state\":7",
        "messaging_channel                |         | \"messaging_channel\":\"pigeon\"",
        "original_event_data              |         | \"original_event_data\":[]",
        "app_data                         | 2804043 | \"action_source\":\"app\"",
        "app_data.extinfo                 | 2804043 | \"app_data\":{\"extinfo\":[\"a2\"]}",
        "app_data.extinfo                 | 2804043 | \"app_data\":{\"extinfo\":\"nothing\"}",
        "app_data.extinfo                 | 2804043 | \"app_data\":{\"extinfo\":[\"a2\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"]}",
        "event_time                       | 2804019 | \"event_time\":\"yesterday\"",
        "event_time                       | 2804004 | \"event_time\":32503680000",
        "user_data                        | 2804050 | \"user_data\":{\"em\":\"nobody\"}",
        "user_data                        | 2804050 | \"user_data\":{\"em\":\"d41d8cd98f00b204e9800998ecf8427e\"}",
        "event_id                         |         | \"event_id\":\"joe@eg.com\"",
        "event_name                       | 2804001 | \"event_name\":\"joe@eg.com\""
      })
  void what_is_wrong_is_refused_with_its_field(String field, Integer subcode, String fields) {
    Answer answer = post(fields, "\"upload_tag\":\"u\"");

    assertThat(answer.status()).isEqualTo(400);
    JsonNode error = answer.body().path("error");
    assertThat(error.path("error_data").path("field").asString()).isEqualTo(field);
    assertThat(error.path("code").asInt()).isEqualTo(100);
    assertThat(error.has("error_subcode")).isEqualTo(subcode != null);
    assertThat(error.path("error_subcode").asInt(0)).isEqualTo(subcode == null ? 0 : subcode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v24.0/1/events", "/v99.9/123456789012345/events", "/v1/events"})
  void any_version_and_dataset_will_do(String path) {
    assertThat(post(path, body("\"opt_out\":false", "\"upload_tag\":\"u\"")).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v26.0/act_1/events", "/x/1/events", "/v26/1/events", "/capi/shop/events"})
  void other_paths_are_unknown_as_at_graph(String path) {
    Answer answer = post(path, body("\"opt_out\":false", "\"upload_tag\":\"u\""));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").path("code").asInt()).isEqualTo(2500);
    assertThat(ingest.has(id)).isFalse();
  }

  @Test
  void the_gateway_takes_its_key_in_the_body_only() {
    String body = body("\"opt_out\":false", "\"accessKey\":\"" + RunningIngest.WRITE_KEY + "\"");

    Answer header = post("/capi/1/events", body("\"opt_out\":false", "\"x\":1"));
    assertThat(header.status()).isEqualTo(401);
    assertThat(header.body().path("error").path("error_user_msg").asString())
        .contains("accessKey must be given");
    assertThat(post("/capi/1/events", body).status()).isEqualTo(202);
    assertThat(ingest.event(id).name()).isEqualTo("Lead");
  }

  @Test
  void a_question_instead_of_events_is_refused_in_graphs_envelope() {
    Answer answer = ingest.get("/v26.0/1/events", null);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.body().path("error").path("fbtrace_id").asString()).isNotBlank();
  }

  private Answer post(String eventFields, String requestFields) {
    return eventFields.startsWith("/")
        ? ingest.post(
            eventFields,
            requestFields.getBytes(UTF_8),
            Map.of("Authorization", "Bearer " + RunningIngest.WRITE_KEY))
        : post("/v26.0/1/events", body(eventFields, requestFields));
  }

  /** Fields that come twice count as they come last. */
  private String body(String eventFields, String requestFields) {
    return """
    {%s,"data":[{"event_name":"Lead","event_time":%d,"event_id":"%s","action_source":"website",
      "user_data":{"external_id":"u"},%s}]}
    """
        .formatted(requestFields, Instant.now().getEpochSecond(), id, eventFields);
  }
}
