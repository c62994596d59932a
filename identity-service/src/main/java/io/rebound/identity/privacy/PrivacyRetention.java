package io.rebound.identity.privacy;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets exports after some days, and requests once nobody can ask for a proof any more. */
@Component
class PrivacyRetention {
  private static final Logger log = LoggerFactory.getLogger(PrivacyRetention.class);

  private final JdbcClient jdbc;
  private final PrivacyRequestProperties properties;
  private final Clock clock;

  PrivacyRetention(JdbcClient jdbc, PrivacyRequestProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT15M")
  void sweep() {
    try {
      int exports = forgetExports(clock.instant().minus(properties.exportRetention()));
      int requests = forgetRequests(clock.instant().minus(properties.retention()));
      if (exports + requests > 0) {
        log.atInfo()
            .addKeyValue("exports", exports)
            .addKeyValue("requests", requests)
            .log("Exports and requests were forgotten, their retention being over");
      }
    } catch (DataAccessException e) {
      log.atWarn().log("The database is away; the sweep comes again in a quarter of an hour");
    }
  }

  /** Also of a request that some service never answered, counted from its deadline. */
  int forgetExports(Instant before) {
    return jdbc.sql(
            """
            with over as (
              update privacy_request
              set person_id = null, export_deleted_at = :now
              where type = 'access' and export_deleted_at is null
                and coalesce(completed_at, due_at) < :before
              returning request_id
            ), parts as (
              delete from privacy_export_part where request_id in (select request_id from over)
            )
            select count(*) from over
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("before", Timestamp.from(before))
        .query(Integer.class)
        .single();
  }

  private int forgetRequests(Instant before) {
    return jdbc.sql(
            """
            with over as (
              delete from privacy_request where completed_at < :before returning request_id
            ), receipts as (
              delete from privacy_receipt where request_id in (select request_id from over)
            )
            select count(*) from over
            """)
        .param("before", Timestamp.from(before))
        .query(Integer.class)
        .single();
  }
}
