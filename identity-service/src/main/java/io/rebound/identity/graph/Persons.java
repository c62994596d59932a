package io.rebound.identity.graph;

import io.rebound.events.Identifier;
import io.rebound.identity.sightings.PersonIds;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The tables of persons and their strong identifiers. Rows are locked in the order of their ids.
 */
@Repository
public class Persons {
  private final JdbcClient jdbc;

  Persons(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whose each known identifier is now. */
  public Map<UUID, UUID> ofIdentifiers(Collection<UUID> identifiers) {
    var persons = new HashMap<UUID, UUID>();
    if (identifiers.isEmpty()) {
      return persons;
    }
    jdbc.sql(
            "select identifier_id, person_id from identifier where identifier_id = any(:ids::uuid[])")
        .param("ids", sorted(identifiers))
        .query(row -> {
          persons.put(
              row.getObject("identifier_id", UUID.class), row.getObject("person_id", UUID.class));
        });
    return persons;
  }

  /** Nobody else changes these persons until the transaction ends; they exist from now on. */
  public void hold(Collection<UUID> persons) {
    if (persons.isEmpty()) {
      return;
    }
    UUID[] ids = sorted(persons);
    jdbc.sql(
            """
            insert into person (person_id) select id from unnest(:ids::uuid[]) as n (id)
            where not exists (select from person p where p.person_id = n.id)
            on conflict (person_id) do nothing
            """)
        .param("ids", ids)
        .update();
    jdbc.sql(
            """
            select person_id from person where person_id = any(:ids::uuid[])
            order by person_id for update
            """)
        .param("ids", ids)
        .query(UUID.class)
        .list();
  }

  /** Their identifiers and everybody they absorbed before belong to the survivors from now on. */
  void absorb(List<Absorption> absorptions) {
    UUID[] absorbed = absorptions.stream().map(Absorption::absorbed).toArray(UUID[]::new);
    UUID[] survivors = absorptions.stream().map(Absorption::survivor).toArray(UUID[]::new);
    jdbc.sql(
            """
            update person p set merged_into = n.survivor
            from unnest(:absorbed::uuid[], :survivors::uuid[]) as n (absorbed, survivor)
            where p.person_id = n.absorbed or p.merged_into = n.absorbed
            """)
        .param("absorbed", absorbed)
        .param("survivors", survivors)
        .update();
    jdbc.sql(
            """
            update identifier i set person_id = n.survivor
            from unnest(:absorbed::uuid[], :survivors::uuid[]) as n (absorbed, survivor)
            where i.person_id = n.absorbed
            """)
        .param("absorbed", absorbed)
        .param("survivors", survivors)
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
        .param("ids", rows.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
        .param(
            "types",
            rows.stream().map(row -> row.getValue().type().wireName()).toArray(String[]::new))
        .param(
            "pseudonyms",
            rows.stream().map(row -> row.getValue().pseudonym()).toArray(String[]::new))
        .param("persons", rows.stream().map(row -> persons.get(row.getKey())).toArray(UUID[]::new))
        .update();
  }

  /** Every id that was ever absorbed into these persons. */
  List<Alias> aliases(Collection<UUID> persons) {
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

  record Alias(UUID absorbed, UUID survivor) {}

  private static UUID[] sorted(Collection<UUID> ids) {
    return ids.stream().distinct().sorted(PersonIds.ORDER).toArray(UUID[]::new);
  }
}
