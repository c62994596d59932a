package io.rebound.identity.rekeying;

import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.sealing.SealedRowGauge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Counts how many envelopes are sealed to which key of capi-sync (match keys) and whatsapp. */
@Component
class CountEnvelopes {
  private static final Logger log = LoggerFactory.getLogger(CountEnvelopes.class);

  private final JdbcClient jdbc;
  private final SealedRowGauge gauge;

  CountEnvelopes(JdbcClient jdbc, MeterRegistry metrics) {
    this.jdbc = jdbc;
    this.gauge = new SealedRowGauge(metrics, "identity");
  }

  @Scheduled(fixedDelayString = "PT1M")
  void count() {
    Map<String, Map<List<Long>, Long>> counts = new HashMap<>();
    counts.put("match_keys", new HashMap<>());
    counts.put("contact", new HashMap<>());
    try {
      jdbc.sql(
              """
              select kind, sealing_key, count(*) from envelope
              where sealing_key is not null group by kind, sealing_key
              """)
          .query(row -> {
            counts
                .computeIfAbsent(row.getString(1), _ -> new HashMap<>())
                .put(List.of(row.getLong(2)), row.getLong(3));
          });
      counts.forEach(gauge::counted);
    } catch (DataAccessException e) {
      log.debug("The database is away; envelopes are counted in a minute");
    }
  }
}
