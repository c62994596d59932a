package io.rebound.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.MatchKeys;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest.Answer;
import io.rebound.sealing.Opener;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key lets in: how much, from which pages, and what stays of the visitor. */
class AdmissionTest {
  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @Test
  void who_sends_more_than_the_limit_is_told_when_to_come_again() {
    // what a test can take is little beside what the bucket lacks
    MadeSource source = MadeSource.with("\"limit\":{\"events_per_second\":1,\"burst\":3000}");
    String key = MadeSource.clear(source.newKey());

    assertThat(batch(key, 3000).status()).isEqualTo(200);
    Answer limited = batch(key, 2000);

    assertThat(limited.status()).isEqualTo(429);
    assertThat(retryAfter(limited)).isBetween(1000, 2000);
    assertThat(limited.body().path("code").asString()).isEqualTo("too_many_events");
    assertThat(limited.body().path("errors").path(0).path("field").asString())
        .isEqualTo("writeKey");
    Answer graph =
        ingest.post(
            "/v1/events?access_token=" + key,
            ("{\"data\":[" + String.join(",", java.util.Collections.nCopies(1000, "{}")) + "]}")
                .getBytes(UTF_8),
            Map.of());
    assertThat(graph.status()).isEqualTo(429);
    assertThat(graph.body().path("error").path("code").intValue()).isEqualTo(4);
    assertThat(graph.body().path("error").path("is_transient").booleanValue()).isTrue();
    assertThat(retryAfter(graph)).isBetween(500, 1000);
    String other = MadeSource.clear(source.newKey());
    assertThat(batch(other, 1).status()).as("a key of its own").isEqualTo(200);
    assertThat(ingest.get("/actuator/prometheus", RunningIngest.ADMIN_KEY).response().body())
        .contains(
            "rebound_ingest_requests_total{outcome=\"limited\",source=\"" + source.id() + "\"} 2.0")
        .contains("rebound_ingest_sources_age_seconds");
  }

  @Test
  void a_change_elsewhere_refills_nobody() {
    MadeSource source = MadeSource.with("\"limit\":{\"events_per_second\":1,\"burst\":100}");
    String key = MadeSource.clear(source.newKey());
    assertThat(batch(key, 1000).status()).as("more than the burst, after a pause").isEqualTo(200);

    MadeSource.with("");

    assertThat(batch(key, 1).status()).isEqualTo(429);
  }

  @Test
  void a_batch_has_at_most_5000_messages() {
    Answer answer = batch(RunningIngest.WRITE_KEY, 5001);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errors").path(0).path("field").asString()).isEqualTo("batch");
  }

  @Test
  void another_sites_page_is_refused_and_can_read_it() {
    MadeSource source =
        MadeSource.with(
            "\"allowed_origins\":[\"https://shop.example\",\"https://*.shop.example\"]");
    String key = MadeSource.clear(source.newKey());

    assertThat(from(key, "https://shop.example").status()).isEqualTo(200);
    assertThat(from(key, "https://de.shop.example").status()).isEqualTo(200);
    assertThat(MadeSource.track(ingest, key, id).status()).as("no page").isEqualTo(200);
    Answer refused = from(key, "https://evil.example");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().path("code").asString()).isEqualTo("forbidden_origin");
    assertThat(refused.body().path("errors").path(0).path("field").asString()).isEqualTo("Origin");
    assertThat(refused.response().headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://evil.example");
    Answer graph =
        ingest.post(
            "/v1/events?access_token=" + key,
            "{\"data\":[{}]}".getBytes(UTF_8),
            Map.of("Origin", "https://evil.example"));
    assertThat(graph.status()).isEqualTo(403);
    assertThat(graph.body().path("error").path("code").intValue()).isEqualTo(10);
  }

  @ParameterizedTest(name = "{0}, default {1}, stated {2}: {3}")
  @CsvSource({
    "keep, false, , true",
    "drop, true, true, false",
    "with-ads-consent, true, , true",
    "with-ads-consent, false, , false",
    "with-ads-consent, false, true, true",
    "with-ads-consent, true, false, false"
  })
  void anAddressIsKeptAsTheSourceAndThePersonAllow(
      String rule, boolean assumed, Boolean stated, boolean kept) {
    MadeSource source =
        MadeSource.with(
            "\"client_ip\":\"%s\",\"consent_default\":{\"ads\":%s}".formatted(rule, assumed));
    String key = MadeSource.clear(source.newKey());
    String consent =
        stated == null
            ? ""
            : ",\"consent\":{\"categoryPreferences\":{\"Advertising\":%s}}".formatted(stated);
    ingest.post(
        "/v1/track",
        "{\"event\":\"A\",\"messageId\":\"%s\",\"userId\":\"u\",\"context\":{\"ip\":\"192.0.2.7\",\"userAgent\":\"Mozilla/5.0\"%s}}"
            .formatted(id, consent)
            .getBytes(UTF_8),
        Map.of("Authorization", RunningIngest.basic(key)));

    Map<String, List<String>> keys = requestKeys(ingest.event(id));

    assertThat(keys.containsKey("client_ip_address")).isEqualTo(kept);
    assertThat(keys).containsEntry("client_user_agent", List.of("Mozilla/5.0"));
  }

  @Test
  void what_is_dropped_is_dropped_at_the_meta_shaped_door_too() {
    MadeSource source =
        MadeSource.with("\"client_ip\":\"drop\",\"user_agent\":\"with_ads_consent\"");
    String key = MadeSource.clear(source.newKey());
    ingest.post(
        "/v1/events?access_token=" + key,
        """
        {"data":[{"event_name":"Lead","event_time":%d,"event_id":"%s","action_source":"website",
          "user_data":{"external_id":"u","fbp":"fb.1.1596403881668.1116446470","client_ip_address":"192.0.2.1",
            "client_user_agent":"Mozilla/5.0"}}]}
        """
            .formatted(Instant.now().getEpochSecond(), id)
            .getBytes(UTF_8),
        Map.of());

    assertThat(requestKeys(ingest.event(id))).containsOnlyKeys("fbp");
  }

  private Map<String, List<String>> requestKeys(TrackedEvent event) {
    return Opener.fromPrivateKeyset(ingest.keys().resolve("capi-sync.private.json"))
        .open(event.requestKeys(), event.key(), MatchKeys.class)
        .values();
  }

  private Answer from(String key, String origin) {
    return MadeSource.track(ingest, key, id, Map.of("Origin", origin));
  }

  private Answer batch(String key, int messages) {
    String all =
        IntStream.range(0, messages)
            .mapToObj(i -> "{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\"}")
            .collect(Collectors.joining(","));
    return ingest.post(
        "/v1/batch",
        ("{\"batch\":[" + all + "]}").getBytes(UTF_8),
        Map.of("Authorization", RunningIngest.basic(key)));
  }

  private static int retryAfter(Answer answer) {
    return Integer.parseInt(answer.response().headers().firstValue("Retry-After").orElseThrow());
  }
}
