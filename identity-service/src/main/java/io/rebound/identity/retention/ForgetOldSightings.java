package io.rebound.identity.retention;

import io.rebound.identity.devices.DeviceProperties;
import io.rebound.identity.devices.EventProperties;
import io.rebound.identity.sightings.Erasures;
import io.rebound.identity.sightings.RecentEvents;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Forgets what no decision needs any more: which events came lately, and after a longer while whose
 * events were, and sign-ins. What an anonymous event stated about consent outlives it.
 */
@Component
class ForgetOldSightings {
  private static final Logger log = LoggerFactory.getLogger(ForgetOldSightings.class);
  private static final int AT_ONCE = 5_000;

  private final JdbcClient jdbc;
  private final RecentEvents recentEvents;
  private final Erasures erasures;
  private final TransactionOperations transactions;
  private final DeviceProperties devices;
  private final EventProperties events;
  private final Clock clock;

  ForgetOldSightings(
      JdbcClient jdbc,
      RecentEvents recentEvents,
      Erasures erasures,
      TransactionOperations transactions,
      DeviceProperties devices,
      EventProperties events,
      Clock clock) {
    this.jdbc = jdbc;
    this.recentEvents = recentEvents;
    this.erasures = erasures;
    this.transactions = transactions;
    this.devices = devices;
    this.events = events;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  void sweep() {
    try {
      Instant now = clock.instant();
      recentEvents.forgetBefore(now);
      Instant before = now.minus(events.retention());
      int forgotten = 0;
      int some = AT_ONCE;
      while (some == AT_ONCE) { // in steps: no transaction holds many rows
        Integer step = transactions.execute(_ -> forgetEvents(before));
        some = step == null ? 0 : step;
        forgotten += some;
      }
      int signIns = forgetSignIns(now.minus(devices.retention()));
      if (forgotten + signIns > 0) {
        log.atInfo()
            .addKeyValue("events", forgotten)
            .addKeyValue("sign_ins", signIns)
            .log("Old sightings were forgotten");
      }
    } catch (DataAccessException e) {
      log.atWarn().log("The database is away; the sweep comes again in an hour");
    }
  }

  private int forgetEvents(Instant before) {
    erasures.keepOut(); // what an erased person stated mustn't outlive the events
    return jdbc.sql(
            """
            with old as (
              delete from event where event_no in (
                select event_no from event where received_at < :before
                order by event_no limit :some for update skip locked)
              returning *
            ), places as (
              delete from device_event d using old
              where d.event_no = old.event_no and d.device_id = any(old.devices)
                and d.at = old.at
            ), stated as (
              insert into consent as c (subject_id, purpose, value, at, source, event_id)
              select distinct on (subject, key) subject, key, value::boolean, at, source, event_id
              from (
                select coalesce(owner_id, visitor_id) as subject, s.key, s.value, at, source, event_id
                from old cross join lateral jsonb_each_text(stated) s
                where stated is not null and visitor_id is not null) made
              order by subject, key, at desc, value
              on conflict (subject_id, purpose) do update set
                value = excluded.value, at = excluded.at,
                source = excluded.source, event_id = excluded.event_id
              where (excluded.at, not excluded.value) > (c.at, not c.value)
            ), statements as (
              update consent_statement s set subject_id = old.owner_id
              from old
              where s.subject_id = old.visitor_id and s.source = old.source
                and s.event_id = old.event_id and old.owner_id is not null
                and not exists (
                  select from consent_statement other
                  where other.subject_id = old.owner_id and other.source = old.source
                    and other.event_id = old.event_id)
            )
            select count(*) from old
            """)
        .param("before", Timestamp.from(before))
        .param("some", AT_ONCE)
        .query(Integer.class)
        .single();
  }

  private int forgetSignIns(Instant before) {
    return jdbc.sql(
            """
            delete from sign_in s where s.received_on < :before::date
              -- the last one still says whose the device is
              and exists (select from sign_in later
                          where later.device_id = s.device_id and later.at > s.at)
            """)
        .param("before", Timestamp.from(before))
        .update();
  }
}
