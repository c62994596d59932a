package io.rebound.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held to Java's own formatter (RFC 3339, section 5.6). */
class InternetTimeTest {
  private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  @Test
  void it_reads_what_java_writes() {
    var random = new SplittableRandom(11);
    for (int round = 0; round < 10_000; round++) {
      int digits = random.nextInt(10);
      long step = (long) Math.pow(10, 9 - digits);
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(FIRST, LAST), random.nextLong(1_000_000_000L) / step * step);

      assertThat(InternetTime.read(time.toString())).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-27",
        "2026-11-27T09:30Z",
        "2026-11-27T09:30:00",
        "2026-11-27 09:30:00Z",
        "2026-11-27T09:30:00z",
        "2026-11-27T09:30:00+01:00",
        "2026-11-27T09:30:00.Z",
        "2026-11-27T09:30:00.1234567890Z",
        "2026-11-27T09:30:00.12x4Z",
        "2026-02-30T09:30:00Z",
        "2026-13-01T09:30:00Z",
        "2026-11-27T24:00:01Z",
        "2026-11-27T09:60:00Z",
        "-026-11-27T09:30:00Z",
        "2026-11-27T09:30:00ZZ"
      })
  void every_other_spelling_is_left_to_the_formatter(String text) {
    assertThat(InternetTime.read(text)).isNull();
  }
}
