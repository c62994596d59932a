package io.rebound.identity.profiles;

import io.rebound.events.EventKey;
import io.rebound.events.Sealed;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The envelopes kept, one of each kind for each strong identifier. */
@Repository
class EnvelopeTable {
  private final JdbcClient jdbc;

  EnvelopeTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps those that are better than what is kept, and says whose changed. */
  Set<UUID> keep(List<Envelope> best) {
    return new HashSet<>(
        jdbc.sql(
                """
                insert into envelope as e
                  (identifier_id, kind, day, size, at, source, event_id, key, box)
                select n.*
                from unnest(:ids::uuid[], :kinds::text[], :days::bigint[], :sizes::int[],
                            :ats::timestamptz[], :sources::text[], :eventIds::text[],
                            :keys::text[], :boxes::text[])
                  as n (identifier_id, kind, day, size, at, source, event_id, key, box)
                left join envelope o
                  on o.identifier_id = n.identifier_id and o.kind = n.kind
                where o.identifier_id is null -- most are no better, and are not even tried
                  or (n.day, n.size) > (o.day, o.size)
                  or (n.day, n.size) = (o.day, o.size)
                    and (n.at, n.source, n.event_id) < (o.at, o.source, o.event_id)
                order by n.identifier_id, n.kind
                on conflict (identifier_id, kind) do update set
                  day = excluded.day, size = excluded.size, at = excluded.at,
                  source = excluded.source, event_id = excluded.event_id,
                  key = excluded.key, box = excluded.box
                where (excluded.day, excluded.size) > (e.day, e.size)
                  or (excluded.day, excluded.size) = (e.day, e.size)
                    and (excluded.at, excluded.source, excluded.event_id)
                      < (e.at, e.source, e.event_id)
                returning e.identifier_id
                """)
            .param("ids", best.stream().map(Envelope::identifier).toArray(UUID[]::new))
            .param("kinds", best.stream().map(one -> one.kind().column()).toArray(String[]::new))
            .param("days", best.stream().map(Envelope::day).toArray(Long[]::new))
            .param("sizes", best.stream().map(Envelope::size).toArray(Integer[]::new))
            .param(
                "ats", best.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
            .param("sources", best.stream().map(one -> one.event().source()).toArray(String[]::new))
            .param(
                "eventIds", best.stream().map(one -> one.event().eventId()).toArray(String[]::new))
            .param("keys", best.stream().map(one -> one.sealed().key()).toArray(String[]::new))
            .param("boxes", best.stream().map(one -> one.sealed().box()).toArray(String[]::new))
            .query(UUID.class)
            .list());
  }

  /** Everything kept for these persons' identifiers. */
  Map<UUID, List<Envelope>> ofPersons(Collection<UUID> persons) {
    var envelopes = new HashMap<UUID, List<Envelope>>();
    jdbc.sql(
            """
            select i.person_id, e.* from identifier i join envelope e using (identifier_id)
            where i.person_id = any(:ids::uuid[])
            """)
        .param("ids", persons.toArray(UUID[]::new))
        .query(row -> {
          envelopes
              .computeIfAbsent(row.getObject("person_id", UUID.class), _ -> new ArrayList<>())
              .add(
                  new Envelope(
                      row.getObject("identifier_id", UUID.class),
                      Envelope.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                      row.getTimestamp("at").toInstant(),
                      new EventKey(row.getString("source"), row.getString("event_id")),
                      new Sealed(row.getString("key"), row.getString("box"))));
        });
    return envelopes;
  }
}
