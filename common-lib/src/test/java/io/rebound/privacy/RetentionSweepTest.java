package io.rebound.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class RetentionSweepTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RetentionSweep retention =
      new RetentionSweep(registry, "capi-sync", Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void deletes_step_by_step_until_less_than_a_step_is_left_and_counts() {
    List<Instant> asked = new ArrayList<>();
    int[] left = {12_003};

    retention.sweep(
        "letters",
        Duration.ofDays(30),
        (before, most) -> {
          asked.add(before);
          int gone = Math.min(left[0], most);
          left[0] -= gone;
          return gone;
        });

    assertThat(left[0]).isZero();
    assertThat(asked).hasSize(3).containsOnly(Instant.parse("2026-04-04T10:00:00Z"));
    assertThat(
            registry
                .get("rebound_capi_sync_retention_rows_total")
                .tag("kind", "letters")
                .counter()
                .count())
        .isEqualTo(12_003);
  }

  @Test
  void a_database_that_is_away_is_no_failure() {
    assertThatCode(() ->
            retention.sweep(
                "letters",
                Duration.ofDays(30),
                (_, _) -> {
                  throw new DataAccessResourceFailureException("away");
                }))
        .doesNotThrowAnyException();
  }
}
