package io.rebound.identity.privacy;

import io.rebound.consumption.DeadLetterErasure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Erases what identity itself holds of a person. All its tables of persons are named here; the
 * caller has kept everybody else out.
 */
@Repository
class IdentityErasure {
  private final JdbcClient jdbc;
  private final DeadLetterErasure deadLetters;

  IdentityErasure(JdbcClient jdbc, DeadLetterErasure deadLetters) {
    this.jdbc = jdbc;
    this.deadLetters = deadLetters;
  }

  /** How many rows were removed, by kind. */
  Map<String, Long> erase(DataSubject subject) {
    var counts = new LinkedHashMap<String, Long>();
    counts.put("recent_events", recentEvents(subject));
    counts.put("events", events(subject));
    leaveDevicesOut(subject);
    counts.put("seen_together", seenTogether(subject));
    counts.put("devices", devices(subject));
    counts.put("match_keys_and_contacts", envelopes(subject));
    counts.put("consents", consents(subject));
    counts.put("consent_statements", consentStatements(subject));
    counts.put("identifiers", identifiers(subject));
    counts.put("persons", persons(subject));
    counts.put("dead_letters", (long) deadLetters.forget(subject.persons(), subject.identifiers()));
    counts.put("exports", exports(subject));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /** Those that other rows still tell of; the rest ages out with its window. */
  private long recentEvents(DataSubject subject) {
    return count(
        """
        with known as (
          select a.source, a.event_id from event a
          where a.event_no in (select event_no from events_of(:identifiers::uuid[], :devices::uuid[]))
          union
          select source, event_id from envelope where identifier_id = any(:identifiers::uuid[])
          union
          select source, event_id from consent where subject_id = any(:persons::uuid[])
          union
          select source, event_id from consent_statement where subject_id = any(:persons::uuid[])
          union
          select e.source, e.event_id from evidence_of_identifier o join evidence e using (evidence_id)
          where o.identifier_id = any(:identifiers::uuid[])
        )
        delete from recent_event r using known k
        where r.source = k.source and r.event_id = k.event_id
        """,
        subject);
  }

  private long events(DataSubject subject) {
    return jdbc.sql(
            """
            with own as (
              delete from event where event_no in (
                select event_no from events_of(:identifiers::uuid[], :devices::uuid[]))
              returning event_no, at, devices
            ), work as (
              delete from rejudging where event_no in (select event_no from own)
            ), places as (
              delete from device_event d using own
              where d.device_id = any(own.devices) and d.at = own.at and d.event_no = own.event_no
            )
            select count(*) from own
            """)
        .params(parameters(subject))
        .query(Long.class)
        .single();
  }

  /** Somebody else's event that was made with one of these devices too stays theirs, without it. */
  private void leaveDevicesOut(DataSubject subject) {
    count(
        """
        with left_over as (
          delete from device_event where device_id = any(:devices::uuid[]) returning event_no
        )
        update event a
        set devices = kept.devices,
          visitor_id = case when a.visitor_id = any(:devices::uuid[])
                            then kept.devices[1] else a.visitor_id end,
          person_id = case when a.person_id = any(:devices::uuid[])
                           then kept.devices[1] else a.person_id end
        from (
          select e.event_no,
                 array(select u.device from unnest(e.devices) with ordinality as u (device, place)
                       where u.device <> all(:devices::uuid[]) order by u.place) as devices
          from event e where e.event_no in (select event_no from left_over)) kept
        where a.event_no = kept.event_no
        """,
        subject);
  }

  /** What proved that identifiers are one person's, and which values they were counted with. */
  private long seenTogether(DataSubject subject) {
    return jdbc.sql(
            """
            with own as (
              delete from evidence where evidence_id in (
                select evidence_id from evidence_of_identifier
                where identifier_id = any(:identifiers::uuid[])
                union all
                select s.evidence_id from sign_in s join evidence e using (evidence_id)
                where s.device_id = any(:devices::uuid[]) and e.representative is null)
              returning evidence_id, strong, weak
            ), members as (
              delete from evidence_of_identifier where evidence_id in (select evidence_id from own)
            ), signed as (
              delete from sign_in s using (
                select s.device_id, s.at, s.evidence_id
                from own join sign_in s on s.device_id = any(own.weak) and s.evidence_id = own.evidence_id
                union
                select device_id, at, evidence_id from sign_in
                where device_id = any(:devices::uuid[])) gone
              where (s.device_id, s.at, s.evidence_id)
                = (gone.device_id, gone.at, gone.evidence_id)
            ), work as (
              delete from undoing where evidence_id in (select evidence_id from own)
            ), counted as (
              delete from seen_with w using (
                select distinct unnest(strong || weak) as id from own
                union select unnest(:devices::uuid[])) v
              where w.value_id = v.id
                and (w.other_id = any(:identifiers::uuid[]) or w.value_id = any(:identifiers::uuid[])
                     or w.value_id = any(:devices::uuid[]))
            )
            select count(*) from own
            """)
        .params(parameters(subject))
        .query(Long.class)
        .single();
  }

  private long devices(DataSubject subject) {
    return count("delete from device where device_id = any(:devices::uuid[])", subject);
  }

  private long envelopes(DataSubject subject) {
    return count("delete from envelope where identifier_id = any(:identifiers::uuid[])", subject);
  }

  private long consents(DataSubject subject) {
    return count("delete from consent where subject_id = any(:persons::uuid[])", subject);
  }

  private long consentStatements(DataSubject subject) {
    return jdbc.sql("select forget_consent_statements(:persons::uuid[])")
        .param("persons", subject.persons().toArray(UUID[]::new))
        .query(Long.class)
        .single();
  }

  private long identifiers(DataSubject subject) {
    return count("delete from identifier where identifier_id = any(:identifiers::uuid[])", subject);
  }

  private long persons(DataSubject subject) {
    return count("delete from person where person_id = any(:persons::uuid[])", subject);
  }

  /** Copies that the person asked for go with the rest, also those still being collected. */
  private long exports(DataSubject subject) {
    return count(
        """
        with gone as (
          update privacy_request
          set person_id = null, privacy_order = null, export_deleted_at = now(),
            completed_at = coalesce(completed_at, now())
          where person_id = any(:persons::uuid[])
          returning request_id
        )
        delete from privacy_export_part where request_id in (select request_id from gone)
        """,
        subject);
  }

  private long count(String statement, DataSubject subject) {
    return jdbc.sql(statement).params(parameters(subject)).update();
  }

  private static Map<String, Object> parameters(DataSubject subject) {
    return Map.of(
        "persons", subject.persons().toArray(UUID[]::new),
        "identifiers", subject.identifierIds().toArray(UUID[]::new),
        "devices", subject.deviceIds().toArray(UUID[]::new));
  }
}
