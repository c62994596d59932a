package io.rebound.identity.graph;

import static java.util.Comparator.comparing;

import io.rebound.identity.profiles.Brought;
import io.rebound.identity.sightings.PersonIds;
import io.rebound.identity.sightings.Sighting;
import io.rebound.identity.sql.UuidArray;
import java.sql.Array;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which identifiers were seen together: the reasons why persons are one. */
@Repository
class EvidenceTable {
  private final JdbcClient jdbc;

  EvidenceTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps new sets of identifiers with the first event that showed each. */
  void add(List<Sighting> seen, List<Sighting> usable, Instant time) {
    var sets = new LinkedHashMap<UUID, Integer>();
    for (int place = 0; place < seen.size(); place++) {
      sets.putIfAbsent(seen.get(place).evidence(), place);
    }
    List<Integer> places =
        sets.values().stream()
            .sorted(comparing(place -> seen.get(place).evidence(), PersonIds.ORDER))
            .toList();
    List<Sighting> rows = places.stream().map(seen::get).toList();
    List<Sighting> linking = places.stream().map(usable::get).toList();
    var brought = new HashMap<UUID, Brought>();
    seen.forEach(one -> brought.merge(one.evidence(), Brought.by(one), Brought::and));
    jdbc.sql(
            """
            insert into evidence
              (evidence_id, strong, weak, source, event_id, at, first_seen, representative,
               brought_day, brought_match_keys, brought_contact, brought_since)
            select id, strong::uuid[], weak::uuid[], source, event_id, at, :time, representative,
              brought_day, brought_match_keys, brought_contact, brought_since
            from unnest(:ids::uuid[], :strong::text[], :weak::text[], :sources::text[],
                        :eventIds::text[], :ats::timestamptz[], :representatives::uuid[],
                        :days::bigint[], :matchKeys::int[], :contacts::int[],
                        :sinces::timestamptz[])
              as n (id, strong, weak, source, event_id, at, representative,
                    brought_day, brought_match_keys, brought_contact, brought_since)
            order by id
            on conflict (evidence_id) do nothing
            """)
        .param("time", Timestamp.from(time))
        .param("ids", UuidArray.of(rows.stream().map(Sighting::evidence).toList()))
        .param("strong", rows.stream().map(one -> array(one.strong())).toArray(String[]::new))
        .param("weak", rows.stream().map(one -> array(one.weak())).toArray(String[]::new))
        .param("sources", rows.stream().map(one -> one.event().source()).toArray(String[]::new))
        .param("eventIds", rows.stream().map(one -> one.event().eventId()).toArray(String[]::new))
        .param("ats", rows.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
        .param(
            "representatives",
            UuidArray.of(linking.stream().map(EvidenceTable::representative).toList()))
        .params(columns(rows.stream().map(one -> brought.get(one.evidence())).toList()))
        .update();
    record Of(UUID identifier, UUID evidence) {}
    List<Of> of =
        linking.stream()
            .flatMap(one -> one.strong().keySet().stream().map(id -> new Of(id, one.evidence())))
            .toList();
    jdbc.sql(
            """
            insert into evidence_of_identifier (identifier_id, evidence_id)
            select * from unnest(:identifiers::uuid[], :evidence::uuid[]) as n (identifier, evidence)
            order by identifier, evidence
            on conflict do nothing
            """)
        .param("identifiers", UuidArray.of(of.stream().map(Of::identifier).toList()))
        .param("evidence", UuidArray.of(of.stream().map(Of::evidence).toList()))
        .update();
  }

  /** Sets that are known have brought more. */
  void brought(Map<UUID, Brought> more) {
    List<UUID> ids = more.keySet().stream().sorted(PersonIds.ORDER).toList();
    jdbc.sql(
            """
            update evidence e set
              brought_day = n.day, brought_match_keys = n.match_keys,
              brought_contact = n.contact, brought_since = n.since
            from unnest(:ids::uuid[], :days::bigint[], :matchKeys::int[], :contacts::int[],
                        :sinces::timestamptz[]) as n (id, day, match_keys, contact, since)
            where e.evidence_id = n.id
            """)
        .param("ids", UuidArray.of(ids))
        .params(columns(ids.stream().map(more::get).toList()))
        .update();
  }

  private static Map<String, Object> columns(List<Brought> brought) {
    return Map.of(
        "days", brought.stream().map(Brought::day).toArray(Long[]::new),
        "matchKeys", brought.stream().map(Brought::matchKeys).toArray(Integer[]::new),
        "contacts", brought.stream().map(Brought::contact).toArray(Integer[]::new),
        "sinces",
            brought.stream().map(one -> Timestamp.from(one.since())).toArray(Timestamp[]::new));
  }

  private static String array(Map<UUID, ?> ids) {
    return ids.keySet().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
  }

  private static @Nullable UUID representative(Sighting sighting) {
    return sighting.anonymous() ? null : sighting.representative();
  }

  /** Whatever these identifiers stood for is stood for by others now, or by nobody. */
  void representAnew(Collection<UUID> barred) {
    jdbc.sql(
            """
            update evidence e set representative = (
              select i.identifier_id
              from unnest(e.strong) with ordinality as s (identifier_id, place)
              join identifier i using (identifier_id)
              where i.state = 'usable' order by s.place limit 1)
            from evidence_of_identifier o
            where o.identifier_id = any(:ids::uuid[]) and e.evidence_id = o.evidence_id
              and e.representative = o.identifier_id
            """)
        .param("ids", UuidArray.of(barred))
        .update();
  }

  /** The sets that link these identifiers, what is undone left out. */
  List<Set<UUID>> links(Collection<UUID> identifiers) {
    return jdbc.sql(
            """
            select distinct e.strong
            from evidence_of_identifier o join evidence e using (evidence_id)
            where o.identifier_id = any(:ids::uuid[]) and not e.undone
              and cardinality(e.strong) > 1
            """)
        .param("ids", UuidArray.of(identifiers))
        .query((row, _) -> ids(row.getArray("strong")))
        .list();
  }

  /** The persons whose identifiers stand in these sets. */
  List<UUID> personsIn(Collection<UUID> evidence) {
    return jdbc.sql(
            """
            select distinct i.person_id from evidence e
            join identifier i on i.identifier_id = any(e.strong)
            where e.evidence_id = any(:ids::uuid[]) and i.person_id is not null
            """)
        .param("ids", UuidArray.of(evidence))
        .query(UUID.class)
        .list();
  }

  /** Whether anything waits to be done between batches. */
  boolean anyWork() {
    return jdbc.sql("select exists (select from undoing) or exists (select from rejudging)")
        .query(Boolean.class)
        .single();
  }

  /** Takes decisions of operators that wait to be carried out; other threads take others. */
  List<UUID> decided(int most) {
    return jdbc.sql(
            """
            delete from undoing where undoing_no in (
              select undoing_no from undoing order by undoing_no limit :most
              for update skip locked)
            returning evidence_id
            """)
        .param("most", most)
        .query(UUID.class)
        .list();
  }

  private static Set<UUID> ids(Array array) throws java.sql.SQLException {
    return Set.of((UUID[]) array.getArray());
  }
}
