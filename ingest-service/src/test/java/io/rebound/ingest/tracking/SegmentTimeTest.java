package io.rebound.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rebound.ingest.intake.InvalidEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segment's clock formula with its guards; receivedAt is noon. */
class SegmentTimeTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

  @ParameterizedTest(name = "{0}: {1} sent at {2} is {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "right clock         | 2026-03-10T11:59:50Z | 2026-03-10T12:00:00Z | 2026-03-10T11:59:50Z",
        "clock an hour late  | 2026-03-10T10:59:50Z | 2026-03-10T11:00:00Z | 2026-03-10T11:59:50Z",
        "clock a year early  | 2027-03-10T11:59:50Z | 2027-03-10T12:00:00Z | 2026-03-10T11:59:50Z",
        "clock of 1970       | 1970-01-01T00:00:00Z | 1970-01-01T00:01:00Z | 2026-03-10T11:59:00Z",
        "no sentAt           | 2026-03-10T10:00:00Z | -                    | 2026-03-10T10:00:00Z",
        "no sentAt, early    | 2026-03-11T11:59:00Z | -                    | 2026-03-10T12:00:00Z",
        "a day on the phone  | 2026-03-09T12:00:00Z | 2026-03-10T12:00:00Z | 2026-03-09T12:00:00Z",
        "meant: years ago    | 2019-05-01T08:00:00Z | 2026-03-10T11:00:00Z | 2019-05-01T08:00:00Z",
        "jitter              | 2026-03-10T12:00:03Z | 2026-03-10T12:00:00Z | 2026-03-10T12:00:00Z",
        "contradictory       | 2026-03-10T12:00:09Z | 2026-03-10T12:00:00Z | 2026-03-10T12:00:00Z",
        "contradictory, past | 2026-03-10T09:00:00Z | 2026-03-10T08:00:00Z | 2026-03-10T12:00:00Z"
      })
  void happened(String what, Instant claimed, Instant sentAt, Instant expected) {
    assertThat(of(claimed, Optional.ofNullable(sentAt), false).at()).isEqualTo(expected);
  }

  @Test
  void an_import_means_what_it_says() {
    Instant claimed = NOON.minus(Duration.ofHours(3));

    assertThat(of(claimed, Optional.of(NOON.minus(Duration.ofHours(2))), true).at())
        .isEqualTo(claimed);
  }

  @Test
  void a_day_ahead_is_now_and_more_is_refused() {
    assertThat(of(NOON.plus(Duration.ofHours(24)), Optional.empty(), false).at()).isEqualTo(NOON);
    for (Optional<Instant> sentAt : List.of(Optional.<Instant>empty(), Optional.of(NOON))) {
      for (boolean imported : new boolean[] {true, false}) {
        InvalidEvent refused =
            catchThrowableOfType(
                InvalidEvent.class,
                () -> of(NOON.plus(Duration.ofHours(24)).plusMillis(1), sentAt, imported));
        assertThat(refused.field()).isEqualTo("timestamp");
      }
    }
  }

  @Test
  void what_the_client_said_is_noted_where_it_was_corrected() {
    Instant claimed = NOON.minus(Duration.ofHours(1));

    assertThat(of(claimed, Optional.of(claimed), false).claimedAt()).isEqualTo(claimed);
    assertThat(of(claimed, Optional.empty(), false).claimedAt()).isNull();
    assertThat(of(NOON.plusSeconds(60), Optional.empty(), false).claimedAt())
        .isEqualTo(NOON.plusSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void no_time_lies_in_the_future_and_a_constant_error_of_the_clock_never_shows(long seed) {
    var random = new Random(seed);
    for (int run = 0; run < 2000; run++) {
      Duration error = Duration.ofMillis(random.nextLong(-100_000_000_000L, 100_000_000_000L));
      Instant really = NOON.minusMillis(random.nextLong(86_000_000L));

      SegmentTime time = of(really.plus(error), Optional.of(NOON.plus(error)), false);

      assertThat(time.at()).as("seed %d, run %d", seed, run).isEqualTo(really);
      assertThat(time.at()).isBeforeOrEqualTo(NOON);
    }
  }

  private static SegmentTime of(Instant claimed, Optional<Instant> sentAt, boolean imported) {
    return SegmentTime.of(
        TestSource.json("{\"timestamp\":\"%s\"}".formatted(claimed)), sentAt, NOON, imported);
  }
}
