package io.rebound.identity.links;

import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.problems.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The evidence of persons as an operator sees it, and their decisions on it. */
@Repository
class LinkTable {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final JdbcClient jdbc;

  LinkTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Who this id stands for now; empty if it is no person's. */
  Optional<UUID> person(UUID id) {
    return jdbc.sql(
            """
            select coalesce(p.merged_into, p.person_id) from person p where p.person_id = :id
              and exists (select from identifier i
                          where i.person_id = coalesce(p.merged_into, p.person_id))
            """)
        .param("id", id)
        .query(UUID.class)
        .optional();
  }

  /** Whatever was seen together of this person's identifiers, one more than asked for. */
  List<Link> of(UUID person, PageRequest page) {
    return jdbc.sql(
            """
            select e.evidence_id, e.source, e.event_id, e.at, e.first_seen, e.undone,
              i.types, i.pseudonyms, i.roles
            from evidence e
            cross join lateral (
              select array_agg(v.type order by v.place) as types,
                array_agg(v.pseudonym order by v.place) as pseudonyms,
                array_agg(v.role order by v.place) as roles
              from (
                select s.place, x.type, x.pseudonym, x.state = 'role' as role
                from unnest(e.strong) with ordinality as s (id, place)
                join identifier x on x.identifier_id = s.id
                union all
                select 1000 + w.place, d.type, d.pseudonym, false
                from unnest(e.weak) with ordinality as w (id, place)
                join device d on d.device_id = w.id) v) i
            where e.evidence_id in (
                select o.evidence_id from identifier x
                join evidence_of_identifier o using (identifier_id)
                where x.person_id = :person)
              and cardinality(e.strong) + cardinality(e.weak) > 1
              and e.evidence_id > :after
            order by e.evidence_id
            limit :most
            """)
        .param("person", person)
        .param(
            "after", page.after() == null ? BEFORE_ALL : LinksController.id("after", page.after()))
        .param("most", page.oneMore())
        .query((row, _) -> link(row))
        .list();
  }

  private static Link link(ResultSet row) throws SQLException {
    var identifiers = new ArrayList<Identifier>();
    String[] types = (String[]) row.getArray("types").getArray();
    String[] pseudonyms = (String[]) row.getArray("pseudonyms").getArray();
    Boolean[] roles = (Boolean[]) row.getArray("roles").getArray();
    for (int place = 0; place < types.length; place++) {
      identifiers.add(
          new Identifier(IdentifierType.of(types[place]), pseudonyms[place], roles[place]));
    }
    return new Link(
        row.getObject("evidence_id", UUID.class),
        identifiers,
        firstEvent(row),
        row.getTimestamp("first_seen").toInstant(),
        row.getBoolean("undone"));
  }

  private static Link.@Nullable FirstEvent firstEvent(ResultSet row) throws SQLException {
    Timestamp at = row.getTimestamp("at");
    return at == null
        ? null
        : new Link.FirstEvent(row.getString("source"), row.getString("event_id"), at.toInstant());
  }

  /** Which of these are about this person. */
  Set<UUID> about(UUID person, Collection<UUID> links) {
    return new HashSet<>(
        jdbc.sql(
                """
                select distinct o.evidence_id from evidence_of_identifier o
                join identifier i using (identifier_id)
                where o.evidence_id = any(:links::uuid[]) and i.person_id = :person
                """)
            .param("links", links.toArray(UUID[]::new))
            .param("person", person)
            .query(UUID.class)
            .list());
  }

  /** From now on they prove nothing, or again what they did; the consumer draws the conclusions. */
  void decide(Collection<UUID> links, boolean undone) {
    jdbc.sql(
            """
            with decided as (
              update evidence set undone = :undone
              where evidence_id = any(:links::uuid[]) and undone <> :undone
              returning evidence_id)
            insert into undoing (evidence_id) select evidence_id from decided
            """)
        .param("links", links.toArray(UUID[]::new))
        .param("undone", undone)
        .update();
  }
}
