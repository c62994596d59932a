package io.rebound.identity.privacy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How requests are going, as of the last seconds. */
@Component
class PrivacyMeters {
  private final JdbcClient jdbc;
  private final Clock clock;
  private final AtomicLong open = new AtomicLong();
  private final AtomicLong overdue = new AtomicLong();
  private final AtomicLong oldestSeconds = new AtomicLong();

  PrivacyMeters(JdbcClient jdbc, Clock clock, MeterRegistry registry) {
    this.jdbc = jdbc;
    this.clock = clock;
    Gauge.builder("rebound_identity_privacy_open_requests", open, AtomicLong::get)
        .description("Requests for access or erasure that some service hasn't answered yet")
        .register(registry);
    Gauge.builder("rebound_identity_privacy_overdue_requests", overdue, AtomicLong::get)
        .description("Open requests whose deadline has passed")
        .register(registry);
    Gauge.builder("rebound_identity_privacy_oldest_request_seconds", oldestSeconds, AtomicLong::get)
        .description("Age of the oldest open request")
        .register(registry);
  }

  private record Figures(long open, long overdue, Instant oldest) {}

  @Scheduled(fixedDelayString = "PT5S")
  void refresh() {
    Instant now = clock.instant();
    try {
      Figures figures =
          jdbc.sql(
                  """
                  select count(*) as open, count(*) filter (where due_at < :now) as overdue,
                         coalesce(min(requested_at), :now) as oldest
                  from privacy_request where completed_at is null
                  """)
              .param("now", Timestamp.from(now))
              .query((row, _) ->
                  new Figures(
                      row.getLong("open"),
                      row.getLong("overdue"),
                      row.getTimestamp("oldest").toInstant()))
              .single();
      open.set(figures.open());
      overdue.set(figures.overdue());
      oldestSeconds.set(Math.max(0, Duration.between(figures.oldest(), now).toSeconds()));
    } catch (DataAccessException e) {
      // the last figures stay until the database is back
    }
  }
}
