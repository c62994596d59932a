package io.rebound.identity.profiles;

import static java.util.stream.Collectors.toSet;

import io.rebound.events.EventKey;
import io.rebound.events.Sealed;
import io.rebound.identity.sql.UuidArray;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
    List<Envelope> better = better(best);
    return better.isEmpty() ? Set.of() : write(better);
  }

  /** Nearly all are no better than what is kept: their contents needn't go to the database. */
  private List<Envelope> better(List<Envelope> best) {
    return jdbc
        .sql(
            """
            select n.place
            from unnest(:ids::uuid[], :kinds::text[], :days::bigint[], :sizes::int[],
                        :ats::timestamptz[], :sources::text[], :eventIds::text[])
              with ordinality as n (identifier_id, kind, day, size, at, source, event_id, place)
            left join envelope e on e.identifier_id = n.identifier_id and e.kind = n.kind
            where e.identifier_id is null
              or (n.day, n.size) > (e.day, e.size)
              or (n.day, n.size) = (e.day, e.size)
                and (n.at, n.source, n.event_id) < (e.at, e.source, e.event_id)
            """)
        .params(order(best))
        .query(Integer.class)
        .stream()
        .map(place -> best.get(place - 1))
        .toList();
  }

  private Set<UUID> write(List<Envelope> better) {
    return jdbc
        .sql(
            """
            insert into envelope as e
              (identifier_id, kind, day, size, at, source, event_id, key, box)
            select *
            from unnest(:ids::uuid[], :kinds::text[], :days::bigint[], :sizes::int[],
                        :ats::timestamptz[], :sources::text[], :eventIds::text[],
                        :keys::text[], :boxes::text[])
              as n (identifier_id, kind, day, size, at, source, event_id, key, box)
            order by identifier_id, kind
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
        .params(order(better))
        .param("keys", better.stream().map(one -> one.sealed().key()).toArray(String[]::new))
        .param("boxes", better.stream().map(one -> one.sealed().box()).toArray(String[]::new))
        .query(UUID.class)
        .stream()
        .collect(toSet());
  }

  /** What {@link Envelope#ORDER} compares, in SQL. */
  private static Map<String, Object> order(List<Envelope> envelopes) {
    return Map.of(
        "ids", UuidArray.of(envelopes.stream().map(Envelope::identifier).toList()),
        "kinds", envelopes.stream().map(one -> one.kind().column()).toArray(String[]::new),
        "days", envelopes.stream().map(Envelope::day).toArray(Long[]::new),
        "sizes", envelopes.stream().map(Envelope::size).toArray(Integer[]::new),
        "ats", envelopes.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new),
        "sources", envelopes.stream().map(one -> one.event().source()).toArray(String[]::new),
        "eventIds", envelopes.stream().map(one -> one.event().eventId()).toArray(String[]::new));
  }

  /** Everything kept for these persons' identifiers. */
  Map<UUID, List<Envelope>> ofPersons(Collection<UUID> persons) {
    var envelopes = new HashMap<UUID, List<Envelope>>();
    jdbc.sql(
            """
            select i.person_id, e.* from identifier i join envelope e using (identifier_id)
            where i.person_id = any(:ids::uuid[])
            """)
        .param("ids", UuidArray.of(persons))
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
