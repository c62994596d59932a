package io.rebound.ingest.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.ingest.intake.InvalidEvent;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowTimeTest {
  private final RowTime berlin = new RowTime(ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1795467600                    | 2026-11-23T21:00:00Z",
        "1795467600.0                  | 2026-11-23T21:00:00Z",
        "1795467600123                 | 2026-11-23T21:00:00.123Z",
        "2026-11-20T14:03:05Z          | 2026-11-20T14:03:05Z",
        "2026-11-20T14:03:05.250+05:30 | 2026-11-20T08:33:05.250Z",
        "2026-11-20t14:03:05z          | 2026-11-20T14:03:05Z",
        "2026-11-20 14:03:05+0100      | 2026-11-20T13:03:05Z",
        "2026-11-20 14:03              | 2026-11-20T13:03:00Z",
        "2026-07-20 14:03              | 2026-07-20T12:03:00Z",
        "2026-11-20                    | 2026-11-19T23:00:00Z",
        "20.11.2026 14:03              | 2026-11-20T13:03:00Z",
        "20.11.2026, 9:03:07           | 2026-11-20T08:03:07Z",
        "1.2.2026                      | 2026-01-31T23:00:00Z"
      })
  void timesAreReadAsTheyAreWritten(String text, Instant time) {
    assertThat(berlin.read(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "11/20/2026",
        "20/11/2026",
        "2026-13-01",
        "2026-02-30 10:00",
        "yesterday",
        "1969-12-31",
        "1234567",
        "99999999999999999999",
        "20261120T100000Z"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> berlin.read(text)).isInstanceOf(InvalidEvent.class);
  }
}
