package io.rebound.identity.graph;

import io.rebound.identity.sightings.PersonIds;
import io.rebound.identity.sql.UuidArray;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which ids stand for which persons. An alias points to the last survivor. */
@Repository
class Aliases {
  private final JdbcClient jdbc;

  Aliases(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Alias(UUID absorbed, UUID survivor) {}

  /** Every id that is an alias of one of these persons. */
  List<Alias> of(Collection<UUID> persons) {
    return jdbc.sql(
            """
            select person_id as absorbed, merged_into as survivor from person
            where merged_into = any(:ids::uuid[])
            """)
        .param("ids", sorted(persons))
        .query((row, _) ->
            new Alias(row.getObject("absorbed", UUID.class), row.getObject("survivor", UUID.class)))
        .list();
  }

  /** The ids alone. */
  List<UUID> ids(Collection<UUID> persons) {
    return of(persons).stream().map(Alias::absorbed).toList();
  }

  /** The same under new revisions, to be said again. The caller holds the survivors. */
  List<Absorption> renew(Collection<UUID> persons, Instant at) {
    return jdbc.sql(
            """
            update person set alias_revision = greatest(alias_revision + 1, clock_micros())
            where merged_into = any(:ids::uuid[])
            returning person_id, merged_into, alias_revision
            """)
        .param("ids", sorted(persons))
        .query((row, _) ->
            new Absorption(
                row.getObject("person_id", UUID.class),
                row.getObject("merged_into", UUID.class),
                row.getLong("alias_revision"),
                at))
        .list();
  }

  /**
   * Makes each person an alias of the survivor given, or nobody's where that is the person itself.
   *
   * @return the new revisions of their being so
   */
  Map<UUID, Long> redirect(Map<UUID, UUID> survivors) {
    List<UUID> ids = List.copyOf(survivors.keySet());
    var revisions = new HashMap<UUID, Long>();
    jdbc.sql(
            """
            update person p set merged_into = nullif(n.survivor, n.person_id),
              alias_revision = greatest(p.alias_revision + 1, clock_micros())
            from unnest(:ids::uuid[], :survivors::uuid[]) as n (person_id, survivor)
            where p.person_id = n.person_id
            returning p.person_id, p.alias_revision
            """)
        .param("ids", UuidArray.of(ids))
        .param("survivors", UuidArray.of(ids.stream().map(survivors::get).toList()))
        .query(row -> {
          revisions.put(row.getObject("person_id", UUID.class), row.getLong("alias_revision"));
        });
    return revisions;
  }

  private static UuidArray sorted(Collection<UUID> ids) {
    return UuidArray.of(ids.stream().distinct().sorted(PersonIds.ORDER).toList());
  }
}
