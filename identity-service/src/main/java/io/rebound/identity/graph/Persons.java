package io.rebound.identity.graph;

import io.rebound.events.Identifier;
import io.rebound.identity.locks.Held;
import io.rebound.identity.sightings.PersonIds;
import io.rebound.identity.sql.UuidArray;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of persons and their strong identifiers. The caller holds whom it changes. */
@Repository
public class Persons {
  private final JdbcClient jdbc;
  private final Aliases aliases;
  private final GraphProperties properties;

  Persons(JdbcClient jdbc, Aliases aliases, GraphProperties properties) {
    this.jdbc = jdbc;
    this.aliases = aliases;
    this.properties = properties;
  }

  /** Whose each known identifier is now. */
  public Map<UUID, UUID> ofIdentifiers(Collection<UUID> identifiers) {
    var persons = new HashMap<UUID, UUID>();
    if (identifiers.isEmpty()) {
      return persons;
    }
    jdbc.sql(
            """
            select identifier_id, person_id from identifier
            where identifier_id = any(:ids::uuid[]) and person_id is not null
            """)
        .param("ids", sorted(identifiers))
        .query(row -> {
          persons.put(
              row.getObject("identifier_id", UUID.class), row.getObject("person_id", UUID.class));
        });
    return persons;
  }

  /** The usable identifiers of these persons, with their person. */
  Map<UUID, UUID> identifiersOf(Collection<UUID> persons) {
    var identifiers = new HashMap<UUID, UUID>();
    jdbc.sql("select identifier_id, person_id from identifier where person_id = any(:ids::uuid[])")
        .param("ids", sorted(persons))
        .query(row -> {
          identifiers.put(
              row.getObject("identifier_id", UUID.class), row.getObject("person_id", UUID.class));
        });
    return identifiers;
  }

  /**
   * Their identifiers and everybody they absorbed before belong to the survivors from now on.
   *
   * @return the same with the revisions of their being absorbed
   */
  List<Absorption> absorb(List<Absorption> absorptions, Held held) {
    List<UUID> absorbed = absorptions.stream().map(Absorption::absorbed).toList();
    UuidArray survivors = UuidArray.of(absorptions.stream().map(Absorption::survivor).toList());
    held.requirePersons(aliases.ids(absorbed));
    var revisions = new HashMap<UUID, Long>();
    jdbc.sql(
            """
            update person p set merged_into = n.survivor,
              alias_revision = greatest(p.alias_revision + 1, clock_micros())
            from unnest(:absorbed::uuid[], :survivors::uuid[]) as n (absorbed, survivor)
            where p.person_id = n.absorbed or p.merged_into = n.absorbed
            returning p.person_id, p.alias_revision
            """)
        .param("absorbed", UuidArray.of(absorbed))
        .param("survivors", survivors)
        .query(row -> {
          revisions.put(row.getObject("person_id", UUID.class), row.getLong("alias_revision"));
        });
    jdbc.sql(
            """
            update identifier i set person_id = n.survivor
            from unnest(:absorbed::uuid[], :survivors::uuid[]) as n (absorbed, survivor)
            where i.person_id = n.absorbed
            """)
        .param("absorbed", UuidArray.of(absorbed))
        .param("survivors", survivors)
        .update();
    return absorptions.stream()
        .map(one ->
            new Absorption(
                one.absorbed(),
                one.survivor(),
                revisions.getOrDefault(one.absorbed(), 0L),
                one.at()))
        .toList();
  }

  /** Gives identifiers the persons they belong to now. */
  void assign(Map<UUID, UUID> persons) {
    List<UUID> ids = List.copyOf(persons.keySet());
    jdbc.sql(
            """
            update identifier i set person_id = n.person_id
            from unnest(:ids::uuid[], :persons::uuid[]) as n (identifier_id, person_id)
            where i.identifier_id = n.identifier_id and i.person_id <> n.person_id
            """)
        .param("ids", UuidArray.of(ids))
        .param("persons", UuidArray.of(ids.stream().map(persons::get).toList()))
        .update();
  }

  /** New identifiers and whose they are. */
  void add(Map<UUID, Identifier> identifiers, Map<UUID, UUID> persons) {
    List<Map.Entry<UUID, Identifier>> rows =
        identifiers.entrySet().stream().sorted(Map.Entry.comparingByKey(PersonIds.ORDER)).toList();
    jdbc.sql(
            """
            insert into identifier (identifier_id, type, pseudonym, person_id)
            select * from unnest(:ids::uuid[], :types::text[], :pseudonyms::text[], :persons::uuid[])
            """)
        .param("ids", UuidArray.of(rows.stream().map(Map.Entry::getKey).toList()))
        .param(
            "types",
            rows.stream().map(row -> row.getValue().type().wireName()).toArray(String[]::new))
        .param(
            "pseudonyms",
            rows.stream().map(row -> row.getValue().pseudonym()).toArray(String[]::new))
        .param(
            "persons", UuidArray.of(rows.stream().map(row -> persons.get(row.getKey())).toList()))
        .update();
  }

  /**
   * Marks which of these persons have more identifiers than people usually have.
   *
   * @return those who have just grown so large
   */
  Set<UUID> grownOutsize(Collection<UUID> persons) {
    return jdbc
        .sql(
            """
            update person p set outsize = n.large
            from (select person_id, count(*) > :most as large from identifier
                  where person_id = any(:ids::uuid[]) group by person_id) n
            where p.person_id = n.person_id and p.outsize <> n.large
            returning case when p.outsize then p.person_id end
            """)
        .param("most", properties.outsizeAbove())
        .param("ids", sorted(persons))
        .query(UUID.class)
        .stream()
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static UuidArray sorted(Collection<UUID> ids) {
    return UuidArray.of(ids.stream().distinct().sorted(PersonIds.ORDER).toList());
  }
}
