package io.rebound.identity.graph;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many persons and values are out of the ordinary, looked at once a minute. */
@Component
class GraphGauges {
  private final JdbcClient jdbc;
  private final AtomicLong outsize = new AtomicLong();
  private final AtomicLong blocked = new AtomicLong();

  GraphGauges(JdbcClient jdbc, MeterRegistry metrics) {
    this.jdbc = jdbc;
    Gauge.builder("rebound_identity_outsize_persons", outsize::get)
        .description("Persons with more identifiers than people usually have")
        .register(metrics);
    Gauge.builder("rebound_identity_blocked_values", blocked::get)
        .description("Values that too many people use and that link nobody")
        .register(metrics);
  }

  @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT1M")
  void look() {
    try {
      outsize.set(count("select count(*) from person where outsize and merged_into is null"));
      blocked.set(
          count(
              "select (select count(*) from identifier where state = 'blocked')"
                  + " + (select count(*) from device where blocked)"));
    } catch (DataAccessException e) {
      // the database is away: the last numbers stay, and the consumer says so
    }
  }

  private long count(String statement) {
    return jdbc.sql(statement).query(Long.class).single();
  }
}
