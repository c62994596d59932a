package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.ingest.RunningIngest.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form in which Graph takes events. */
class ConversionsFormsTest {
  private static final String PATH = "/v26.0/1000000001/events";
  private static final String MULTIPART = "multipart/form-data; boundary=--XY";
  private static final String URLENCODED = "application/x-www-form-urlencoded";

  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", URLENCODED, MULTIPART})
  void json_is_read_whatever_the_content_type_says(String type) {
    received(post(type, "{\"access_token\":\"%s\",\"data\":%s}".formatted(key(), data())));
  }

  @ParameterizedTest
  @ValueSource(strings = {URLENCODED, URLENCODED + "; charset=UTF-8", "text/plain"})
  void an_urlencoded_form_has_its_events_as_json(String type) {
    received(post(type, "access_token=" + key() + "&data=" + URLEncoder.encode(data(), UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {MULTIPART, URLENCODED, "application/json", "multipart/form-data"})
  void a_multipart_form_is_known_by_its_first_line(String type) {
    received(post(type, multipart(part("access_token", key()), part("data", data()))));
  }

  @Test
  void a_part_may_be_a_file() {
    String file =
        "Content-Disposition: form-data; name=\"data\"; filename=\"events.json\"\r\n"
            + "Content-Type: application/json\r\n\r\n"
            + data();

    received(post(MULTIPART, multipart(file, part("access_token", key()))));
  }

  @Test
  void a_zipped_form_is_read() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(multipart(part("access_token", key()), part("data", data())).getBytes(UTF_8));
    }

    received(
        ingest.post(
            PATH,
            zipped.toByteArray(),
            Map.of("Content-Type", MULTIPART, "Content-Encoding", "gzip")));
  }

  @Test
  void a_token_in_the_address_or_the_header_counts() {
    received(
        ingest.post(
            PATH + "?access_token=" + key(),
            ("data=" + URLEncoder.encode(data(), UTF_8)).getBytes(UTF_8),
            Map.of("Content-Type", URLENCODED)));
    String body = "{\"data\":%s}".formatted(data());
    Answer answer =
        ingest.post(PATH, body.getBytes(UTF_8), Map.of("Authorization", "Bearer " + key()));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void what_the_address_says_counts_where_the_body_is_silent() {
    String address =
        PATH
            + "?test_event_code=T1&upload_tag=address&access_token="
            + key()
            + "&data="
            + URLEncoder.encode(data(), UTF_8);

    received(ingest.post(address, new byte[0], Map.of()));
    assertThat(ingest.event(id).serverFields()).containsEntry("test_event_code", "T1");

    String other = UUID.randomUUID().toString();
    String body = "upload_tag=body&data=" + URLEncoder.encode(data().replace(id, other), UTF_8);
    ingest.post(address, body.getBytes(UTF_8), Map.of());
    assertThat(ingest.event(other).serverFields())
        .isEqualTo(Map.of("test_event_code", "T1", "upload_tag", "body"));
  }

  @Test
  void a_text_of_many_alphabets_arrives_as_it_was() {
    String order = "Größe 정 Анна";
    String data =
        data()
            .replace(
                "\"user_data\"",
                "\"custom_data\":{\"content_name\":\"%s\"},\"user_data\"".formatted(order));

    received(post(MULTIPART, multipart(part("access_token", key()), part("data", data))));
    assertThat(ingest.event(id).customData()).containsEntry("content_name", order);
  }

  @Test
  void a_form_that_breaks_off_is_refused_and_named() {
    String whole = multipart(part("access_token", key()), part("data", data()));

    refused(whole.substring(0, whole.indexOf("event_name") + 5), "body");
    refused(whole.replace("form-data", "x"), "body");
    refused(multipart(part("access_token", key())), "data");
    refused(multipart(part("access_token", key()), part("data", "{}")), "data");
    refused(multipart(part("access_token", key()), part("data", "[{\"event_name\":")), "data");
    refused("--\r\n\r\n\r\n", "body");
  }

  @Test
  void no_broken_form_makes_a_defect() {
    String whole = multipart(part("access_token", key()), part("data", data()));
    for (int end = 1; end < whole.length() - 4; end += 7) {
      Answer answer = post(MULTIPART, whole.substring(0, end));
      assertThat(answer.status()).as("first %d characters", end).isBetween(400, 401);
      assertThat(answer.body().path("error").path("fbtrace_id").asString()).isNotBlank();
    }
  }

  @Test
  void a_form_of_very_many_fields_is_refused() {
    String fields =
        IntStream.range(0, 5000).mapToObj(i -> "f" + i + "=1").collect(Collectors.joining("&"));

    assertThat(refused(fields, "body")).contains("at most 100 form fields");
  }

  @Test
  void more_than_a_thousand_events_are_refused() {
    String events = IntStream.range(0, 1001).mapToObj(_ -> "{}").collect(Collectors.joining(","));

    refused("{\"data\":[" + events + "]}", "data");
  }

  @Test
  void a_body_over_the_limit_is_refused_in_graphs_envelope() {
    Answer answer = post(MULTIPART, "x".repeat(5_000_000));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body().path("error").path("code").asInt()).isEqualTo(100);
    assertThat(answer.body().path("error").path("error_data").path("field").asString())
        .isEqualTo("body");
  }

  private void received(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(answer.body().path("events_received").asInt()).isEqualTo(1);
    assertThat(ingest.event(id).name()).isEqualTo("Lead");
  }

  private String refused(String body, String field) {
    Answer answer = post(MULTIPART, body);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
    assertThat(answer.body().path("error").path("code").asInt()).isEqualTo(100);
    assertThat(answer.body().path("error").path("error_data").path("field").asString())
        .isEqualTo(field);
    return answer.body().path("error").path("error_user_msg").asString();
  }

  private Answer post(String type, String body) {
    return ingest.post(PATH, body.getBytes(UTF_8), Map.of("Content-Type", type));
  }

  private static String multipart(String... parts) {
    StringBuilder body = new StringBuilder();
    for (String part : parts) {
      body.append("----XY\r\n").append(part).append("\r\n");
    }
    return body.append("----XY--\r\n").toString();
  }

  private static String part(String name, String value) {
    return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
  }

  private static String key() {
    return RunningIngest.WRITE_KEY;
  }

  private String data() {
    return "[{\"event_name\":\"Lead\",\"event_time\":%d,\"event_id\":\"%s\",\"action_source\":\"website\",\"user_data\":{\"external_id\":\"u & 1=2\"}}]"
        .formatted(Instant.now().getEpochSecond(), id);
  }
}
