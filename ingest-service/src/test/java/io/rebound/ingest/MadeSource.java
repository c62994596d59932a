package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.ingest.RunningIngest.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A source that was made through the API, as its operator and its clients see it. */
record MadeSource(RunningIngest ingest, String id) {

  /** The definition's further fields, for instance {@code "country":"DE"}. */
  static MadeSource with(String fields) {
    RunningIngest ingest = RunningIngest.get();
    String id = "made-" + UUID.randomUUID();
    String body = "{\"id\":\"" + id + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
    Answer answer = ingest.admin("POST", "/v1/sources", body);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return new MadeSource(ingest, id);
  }

  String path() {
    return "/v1/sources/" + id;
  }

  JsonNode newKey() {
    Answer answer = ingest.admin("POST", path() + "/keys", "{\"name\":\"web\"}");
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    return answer.body();
  }

  static String clear(JsonNode key) {
    return key.path("key").asString();
  }

  static Answer track(RunningIngest at, String key, String eventId) {
    return track(at, key, eventId, Map.of());
  }

  static Answer track(RunningIngest at, String key, String eventId, Map<String, String> more) {
    var headers = new HashMap<>(more);
    headers.put("Authorization", RunningIngest.basic(key));
    return at.post(
        "/v1/track",
        "{\"event\":\"A\",\"messageId\":\"%s\",\"userId\":\"u\"}"
            .formatted(eventId)
            .getBytes(UTF_8),
        headers);
  }
}
