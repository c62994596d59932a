package io.rebound.identity.consents;

import io.rebound.events.EventKey;
import io.rebound.events.Purpose;
import io.rebound.identity.sightings.Sighting;
import io.rebound.identity.sql.UuidArray;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Statements as they were made, with the identifier they were made with. */
@Repository
class StatementTable {
  private final JdbcClient jdbc;

  StatementTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The latest statement of each identifier stays; of two at the same moment the no. */
  void add(List<Sighting> stating) {
    Map<String, Statement> latest = new HashMap<>();
    for (Sighting sighting : stating) {
      sighting
          .event()
          .consent()
          .stated()
          .forEach((purpose, value) ->
              latest.merge(
                  sighting.representative() + purpose.wireName(),
                  new Statement(
                      sighting.representative(), purpose, value, sighting.at(), sighting.key()),
                  StatementTable::later));
    }
    List<Statement> statements = List.copyOf(latest.values());
    jdbc.sql(
            """
            insert into consent as c (subject_id, purpose, value, at, source, event_id)
            select * from unnest(:subjects::uuid[], :purposes::text[], :values::boolean[],
                                 :ats::timestamptz[], :sources::text[], :eventIds::text[])
              as n (subject_id, purpose, value, at, source, event_id)
            order by subject_id, purpose
            on conflict (subject_id, purpose) do update set
              value = excluded.value, at = excluded.at,
              source = excluded.source, event_id = excluded.event_id
            where (excluded.at, not excluded.value) > (c.at, not c.value)
            """)
        .param("subjects", UuidArray.of(statements.stream().map(Statement::subject).toList()))
        .param(
            "purposes",
            statements.stream().map(one -> one.purpose().wireName()).toArray(String[]::new))
        .param("values", statements.stream().map(Statement::value).toArray(Boolean[]::new))
        .param(
            "ats",
            statements.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
        .param(
            "sources", statements.stream().map(one -> one.proof().source()).toArray(String[]::new))
        .param(
            "eventIds",
            statements.stream().map(one -> one.proof().eventId()).toArray(String[]::new))
        .update();
  }

  private static Statement later(Statement one, Statement other) {
    int order = one.at().compareTo(other.at());
    if (order == 0) {
      return one.value() ? other : one;
    }
    return order > 0 ? one : other;
  }

  /** The latest statement of each of these persons on each purpose, whatever it was made with. */
  Map<UUID, List<Statement>> latest(Collection<UUID> persons) {
    Map<UUID, List<Statement>> statements = new HashMap<>();
    jdbc.sql(
            """
            select p.person_id, s.purpose, s.value, s.at, s.source, s.event_id
            from unnest(:persons::uuid[]) as p (person_id)
            cross join lateral (
              select distinct on (made.purpose) made.*
              from (
                select c.purpose, c.value, c.at, c.source, c.event_id
                from identifier i join consent c on c.subject_id = i.identifier_id
                where i.person_id = p.person_id
                union all
                select c.purpose, c.value, c.at, c.source, c.event_id
                from consent c where c.subject_id = p.person_id
                union all
                select s.key, s.value::boolean, a.at, a.source, a.event_id
                from identifier i
                join anonymous_event a on a.owner_id = i.identifier_id and a.stated is not null
                cross join lateral jsonb_each_text(a.stated) s
                where i.person_id = p.person_id
                union all
                select s.key, s.value::boolean, a.at, a.source, a.event_id
                from anonymous_event a
                cross join lateral jsonb_each_text(a.stated) s
                where a.visitor_id = p.person_id and a.owner_id is null and a.stated is not null
              ) made
              order by made.purpose, made.at desc, made.value
            ) s
            """)
        .param("persons", UuidArray.of(persons))
        .query(row -> {
          UUID person = row.getObject("person_id", UUID.class);
          statements
              .computeIfAbsent(person, _ -> new java.util.ArrayList<>())
              .add(
                  new Statement(
                      person,
                      Purpose.of(row.getString("purpose")),
                      row.getBoolean("value"),
                      row.getTimestamp("at").toInstant(),
                      new EventKey(row.getString("source"), row.getString("event_id"))));
        });
    return statements;
  }
}
