package io.rebound.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.meta.GraphOutcome.Done;
import io.rebound.meta.GraphVersions.Version;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class GraphVersionsTest {

  /** By the real date: when this fails, it is time to raise the default version. */
  @Test
  void the_default_version_is_the_newest_and_not_retired_within_90_days() {
    String version = configured(Map.of()).version();
    LocalDate today = LocalDate.now(Clock.systemUTC());

    assertThat(version).isEqualTo(GraphVersions.supported().getFirst().name());
    assertThat(GraphVersions.remark(version, today)).isEmpty();
    assertThat(GraphVersions.find(version).flatMap(Version::retired))
        .satisfiesAnyOf(
            retired -> assertThat(retired).isEmpty(),
            retired ->
                assertThat(retired)
                    .hasValueSatisfying(
                        day -> assertThat(day).isAfter(today.plusDays(GraphVersions.WARN_DAYS))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v26.0", "v25.0"})
  void the_newest_version_and_the_one_before_take_configuration_alone(String version) {
    assertThat(GraphVersions.supported()).extracting(Version::name).contains(version);
    try (var meta = new ScriptedMeta(Clock.systemUTC(), version)) {
      meta.answers(200, "{}");

      assertThat(meta.client().call(GraphCall.get(Endpoint.EVENTS, "1", "1"), answer -> answer))
          .isInstanceOf(Done.class);
      assertThat(meta.asked.getFirst().uri().getPath()).isEqualTo("/" + version + "/1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "v26.0,2026-11-27,false",
    "v25.0,2026-11-27,false",
    "v25.0,2028-04-29,false",
    "v25.0,2028-04-30,true",
    "v24.0,2026-07-07,false",
    "v24.0,2026-07-08,true",
    "v24.0,2026-11-27,true",
    "v99.0,2026-11-27,true"
  })
  void operators_hear_90_days_before_their_version_ends(
      String version, LocalDate today, boolean remarked) {
    assertThat(GraphVersions.remark(version, today).isPresent()).isEqualTo(remarked);
  }

  @Test
  void meta_serving_calls_by_a_newer_version_is_told_once(CapturedOutput output) {
    try (var meta = new ScriptedMeta(Clock.systemUTC())) {
      meta.answers(200, "{}", "X-Ad-Api-Version-Warning", "The call has been auto-upgraded");
      GraphClient client = meta.client();
      client.call(GraphCall.get(Endpoint.EVENTS, "1", "1"), answer -> answer);
      client.call(GraphCall.get(Endpoint.EVENTS, "1", "1"), answer -> answer);
    }

    assertThat(output.getAll()).containsOnlyOnce("ours is retired");
  }

  @Test
  void each_version_is_older_than_the_one_above_and_ends_before_it() {
    var versions = GraphVersions.supported();

    assertThat(versions.get(1).introduced()).isBefore(versions.get(0).introduced());
    assertThat(versions.get(1).graphUntil()) // two years after the next one appeared
        .isEqualTo(versions.get(0).introduced().plusYears(2));
  }

  private static MetaProperties configured(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("rebound.meta", MetaProperties.class);
  }
}
