package io.rebound.whatsapp.stops;

import io.rebound.events.EventKey;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of numbers that said stop. Identity decides what that means; until it has, and for
 * persons it can't connect with the number, nothing is sent there on what was allowed before.
 */
@Repository
public class Stops {
  private final JdbcClient jdbc;
  private final Pseudonyms pseudonyms;

  Stops(JdbcClient jdbc, Pseudonyms pseudonyms) {
    this.jdbc = jdbc;
    this.pseudonyms = pseudonyms;
  }

  private record Stop(String pseudonym, TrackedEvent event) {}

  /** The numbers of those events that refuse messages; the latest stop of each number stays. */
  public void add(List<TrackedEvent> events) {
    List<Stop> stops = new ArrayList<>();
    for (TrackedEvent event : events) {
      if (Boolean.FALSE.equals(event.consent().stated().get(Purpose.MESSAGING))) {
        event.identifiers().stream()
            .filter(identifier -> identifier.type() == IdentifierType.PHONE)
            .map(Identifier::pseudonym)
            .forEach(pseudonym -> stops.add(new Stop(pseudonym, event)));
      }
    }
    stops.sort(Comparator.comparing(Stop::pseudonym)); // so that two webhooks don't deadlock
    if (stops.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into stopped_number as s (pseudonym, at, since_revision, source, event_id)
            select distinct on (pseudonym) pseudonym, at, revision, source, event_id
            from unnest(:pseudonyms::text[], :ats::timestamptz[], :revisions::bigint[],
              :sources::text[], :eventIds::text[])
              as n (pseudonym, at, revision, source, event_id)
            order by pseudonym, at desc
            on conflict (pseudonym) do update set
              at = excluded.at, since_revision = excluded.since_revision,
              source = excluded.source, event_id = excluded.event_id
            where excluded.at > s.at
            """)
        .param("pseudonyms", stops.stream().map(Stop::pseudonym).toArray(String[]::new))
        .param(
            "ats",
            stops.stream().map(stop -> Timestamp.from(stop.event().at())).toArray(Timestamp[]::new))
        .param(
            "revisions",
            stops.stream().map(stop -> micros(stop.event().receivedAt())).toArray(Long[]::new))
        .param("sources", stops.stream().map(stop -> stop.event().source()).toArray(String[]::new))
        .param(
            "eventIds", stops.stream().map(stop -> stop.event().eventId()).toArray(String[]::new))
        .update();
  }

  // consents' revisions are taken from identity's clock in microseconds
  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /**
   * Whether the number said stop since that consent was decided.
   *
   * @param phone E.164 with the plus sign; lives only as long as the call
   */
  public boolean stoppedSince(String phone, long consentRevision) {
    String[] candidates =
        IdentifierHashes.of(IdentifierType.PHONE, phone, Locality.unknown()).stream()
            .flatMap(hash -> pseudonyms.ever(IdentifierType.PHONE, hash).stream())
            .toArray(String[]::new);
    return jdbc.sql(
            """
            select exists (select from stopped_number
              where pseudonym = any(:pseudonyms::text[]) and since_revision >= :revision)
            """)
        .param("pseudonyms", candidates)
        .param("revision", consentRevision)
        .query(Boolean.class)
        .single();
  }

  /** Identity has weighed these stops, and something stated later counts. */
  void outweighed(Collection<EventKey> events) {
    List<EventKey> keys = events.stream().sorted(Comparator.comparing(EventKey::eventId)).toList();
    jdbc.sql(
            """
            delete from stopped_number s
            using unnest(:eventIds::text[], :sources::text[]) as n (event_id, source)
            where s.event_id = n.event_id and s.source = n.source
            """)
        .param("eventIds", keys.stream().map(EventKey::eventId).toArray(String[]::new))
        .param("sources", keys.stream().map(EventKey::source).toArray(String[]::new))
        .update();
  }
}
