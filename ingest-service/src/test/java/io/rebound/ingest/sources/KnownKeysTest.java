package io.rebound.ingest.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.ingest.sources.SourceTable.StoredSource;
import io.rebound.ingest.sources.WriteKeyTable.LiveKey;
import io.rebound.startup.Misconfigured;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KnownKeysTest {
  private static final String GIVEN = "1".repeat(64);
  private static final String MADE = "2".repeat(64);
  private final ConfiguredSources configured =
      configured(Map.of("sources[0].id", "shop", "sources[0].keys[0]", GIVEN));

  @Test
  void a_source_that_cannot_be_read_harms_no_other_and_leaves_its_keys_undecided() {
    KnownKeys known =
        KnownKeys.configured(configured)
            .with(
                7,
                configured,
                List.of(
                    stored("{\"id\":\"made\"}", false),
                    stored(
                        "{\"id\":\"next\",\"client_ip\":\"a word of the next version\"}", false)),
                List.of(key("made", MADE), key("next", "3".repeat(64))));

    assertThat(known.isComplete()).isFalse();
    assertThat(known.find(GIVEN)).isPresent();
    assertThat(known.find(MADE)).isPresent();
    assertThat(known.find("3".repeat(64))).isEmpty();
  }

  @Test
  void before_the_tables_are_read_no_key_is_unknown_for_sure() {
    assertThat(KnownKeys.configured(configured).isComplete()).isFalse();
    assertThat(read("{\"id\":\"made\"}", KnownKeys.configured(configured)).isComplete()).isTrue();
  }

  @Test
  void the_configuration_goes_before_the_tables() {
    KnownKeys known =
        KnownKeys.configured(configured)
            .with(
                7,
                configured,
                List.of(stored("{\"id\":\"shop\",\"currency\":\"USD\"}", true)),
                List.of(key("shop", MADE)));

    KnownKey made = known.find(MADE).orElseThrow();
    assertThat(made.enabled()).isTrue();
    assertThat(made.source().currency()).isNull();
    assertThat(known.find(GIVEN).orElseThrow().configured()).isTrue();
  }

  @Test
  void a_key_is_live_until_the_moment_it_expires() {
    Instant end = Instant.parse("2026-12-01T00:00:00Z");
    KnownKey key =
        KnownKeys.configured(configured)
            .with(
                7,
                configured,
                List.of(stored("{\"id\":\"made\"}", false)),
                List.of(new LiveKey("key-222222222222", "made", MADE, end)))
            .find(MADE)
            .orElseThrow();

    assertThat(key.isLive(end.minusNanos(1))).isTrue();
    assertThat(key.isLive(end)).isFalse();
  }

  @Test
  void a_source_that_is_off_keeps_its_keys_known_and_is_not_found_by_name() {
    KnownKeys known =
        KnownKeys.configured(configured)
            .with(
                7,
                configured,
                List.of(stored("{\"id\":\"made\"}", true)),
                List.of(key("made", MADE)));

    assertThat(known.find(MADE).orElseThrow().enabled()).isFalse();
    assertThat(known.source("made")).isEmpty();
    assertThat(known.source("shop")).isPresent();
  }

  @Test
  void a_bucket_outlives_every_change_but_that_of_its_limit() {
    KnownKeys first = read(limited("EUR", 5), KnownKeys.configured(configured));
    KnownKeys otherwiseChanged = read(limited("USD", 5), first);
    KnownKeys limitChanged = read(limited("USD", 6), otherwiseChanged);

    assertThat(bucket(otherwiseChanged)).isNotNull().isSameAs(bucket(first));
    assertThat(bucket(limitChanged)).isNotNull().isNotSameAs(bucket(first));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "sources[0].keys[0]=in-clear, SHA-256 in hex",
    "sources[1].id=shop, id is given twice",
    "sources[1].id=b sources[1].keys[0]=" + KEY + ", another source",
    "sources[0].currency=euro, currency must be",
    "sources[0].action-source=moon, action_source must be",
    "sources[0].allowed-origins[0]=shop.example, allowed_origins[0] must be",
    "sources[0].limit.burst=0, limit.burst must be",
    "limit.events-per-second=-1, limit.events_per_second must be"
  })
  void aConfigurationThatCannotBeSaysWhatToChange(String settings, String says) {
    var given = new java.util.HashMap<String, Object>();
    given.put("sources[0].id", "shop");
    given.put("sources[0].keys[0]", KEY);
    Stream.of(settings.split(" "))
        .map(one -> one.split("="))
        .forEach(one -> given.put(one[0], one[1]));

    assertThatThrownBy(() -> configured(given))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("rebound.ingest.")
        .hasMessageContaining(says);
  }

  private static final String KEY =
      "1111111111111111111111111111111111111111111111111111111111111111";

  private KnownKeys read(String definition, KnownKeys before) {
    return before.with(
        before.revision() + 1,
        configured,
        List.of(stored(definition, false)),
        List.of(key("made", MADE)));
  }

  private static String limited(String currency, int rate) {
    return "{\"id\":\"made\",\"currency\":\"%s\",\"limit\":{\"events_per_second\":%d}}"
        .formatted(currency, rate);
  }

  private static EventBucket bucket(KnownKeys known) {
    return known.find(MADE).orElseThrow().bucket();
  }

  private static StoredSource stored(String json, boolean disabled) {
    String id =
        SourceJson.asked(json.replaceAll(",\"client_ip\".*", "}").getBytes(StandardCharsets.UTF_8))
            .id();
    return new StoredSource(
        id,
        json,
        1,
        Instant.EPOCH,
        "tests",
        Instant.EPOCH,
        "tests",
        disabled ? Instant.EPOCH : null);
  }

  private static LiveKey key(String source, String hash) {
    return new LiveKey("key-" + hash.substring(0, 12), source, hash, null);
  }

  private static ConfiguredSources configured(Map<String, Object> settings) {
    var given = new java.util.HashMap<String, Object>();
    settings.forEach((name, value) -> given.put("rebound.ingest." + name, value));
    return new ConfiguredSources(
        new Binder(new MapConfigurationPropertySource(given))
            .bindOrCreate("rebound.ingest", SourcesProperties.class));
  }
}
