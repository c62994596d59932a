package io.rebound.sandbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class FeedScheduleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "interval":"HOURLY","minute":15                          | 2026-03-01T10:15:00Z | 2026-03-01T11:15:00Z
          "interval":"HOURLY","interval_count":6                   | 2026-03-01T10:00:00Z | 2026-03-01T16:00:00Z
          "interval":"DAILY","hour":3,"minute":30                  | 2026-03-01T03:29:59Z | 2026-03-01T03:30:00Z
          "interval":"DAILY","hour":3,"timezone":"Europe/Berlin"   | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z
          "interval":"DAILY","hour":2,"timezone":"Europe/Berlin"   | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z
          "interval":"WEEKLY","day_of_week":"FRIDAY","hour":1      | 2026-03-01T00:00:00Z | 2026-03-06T01:00:00Z
          "interval":"MONTHLY","day_of_month":31                   | 2026-01-31T00:00:00Z | 2026-02-28T00:00:00Z
          """)
  void the_next_time_follows_the_schedule(String rules, Instant after, Instant expected) {
    String zone = rules.contains("timezone") ? "" : ",\"timezone\":\"UTC\"";
    var schedule =
        FeedSchedule.of(
            JsonMapper.shared()
                .readTree("{\"url\":\"https://shop.example/f\"," + rules + zone + "}"));

    assertThat(schedule.next(after)).isEqualTo(expected);
  }
}
