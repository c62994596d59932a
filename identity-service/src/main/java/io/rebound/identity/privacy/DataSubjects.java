package io.rebound.identity.privacy;

import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.identity.sightings.Erasures;
import io.rebound.identity.sightings.PersonIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds whom a request is about. */
@Repository
class DataSubjects {
  private final JdbcClient jdbc;
  private final Erasures erasures;

  DataSubjects(JdbcClient jdbc, Erasures erasures) {
    this.jdbc = jdbc;
    this.erasures = erasures;
  }

  private record Known(UUID id, Identifier identifier) {
    static Known of(ResultSet row) throws SQLException {
      return new Known(
          row.getObject("id", UUID.class),
          new Identifier(IdentifierType.of(row.getString("type")), row.getString("pseudonym")));
    }
  }

  /**
   * Everybody that one of these identifiers stood for until {@code at}. A device stands for whoever
   * signed in there last, as for who looks persons up.
   */
  DataSubject find(Collection<Identifier> named, Instant at) {
    List<UUID> ids = new ArrayList<>(erasures.ids(named, at));
    ids.removeAll(barred(ids)); // a role's address or a value that too many use is nobody's
    if (ids.isEmpty()) {
      UUID nobody = PersonIds.of(named.iterator().next());
      return new DataSubject(nobody, List.of(), List.of(), List.of(), List.of());
    }
    List<UUID> owners = owners(ids);
    List<Known> strong = identifiers(owners);
    List<UUID> strongIds = strong.stream().map(Known::id).toList();
    List<Known> devices = devices(ids, strongIds);
    List<UUID> deviceIds = devices.stream().map(Known::id).toList();

    Set<UUID> persons = new LinkedHashSet<>(ids);
    persons.removeAll(usedByOthersToo(ids, deviceIds));
    persons.addAll(owners);
    persons.addAll(absorbed(owners));
    persons.addAll(strongIds);
    persons.addAll(deviceIds);
    persons.addAll(visitors(deviceIds));
    Set<Identifier> identifiers = new LinkedHashSet<>();
    named.stream().filter(one -> persons.contains(PersonIds.of(one))).forEach(identifiers::add);
    Stream.concat(strong.stream(), devices.stream())
        .map(Known::identifier)
        .forEach(identifiers::add);
    return new DataSubject(
        owners.isEmpty() ? ids.getLast() : owners.getFirst(),
        List.copyOf(persons),
        strongIds,
        deviceIds,
        List.copyOf(identifiers));
  }

  private List<UUID> owners(List<UUID> ids) {
    return jdbc.sql(
            """
            select person_id from identifier
            where identifier_id = any(:ids::uuid[]) and person_id is not null
            union
            select owner.person_id from unnest(:ids::uuid[]) as d (device_id)
            cross join lateral (
              select i.person_id from sign_in s join evidence e using (evidence_id)
              join identifier i on i.identifier_id = e.representative
              where s.device_id = d.device_id
              order by s.at desc, e.representative desc limit 1) owner
            order by person_id
            """)
        .param("ids", array(ids))
        .query(UUID.class)
        .list();
  }

  private List<Known> identifiers(List<UUID> owners) {
    return jdbc.sql(
            """
            select identifier_id as id, type, pseudonym from identifier
            where person_id = any(:owners::uuid[]) order by identifier_id
            """)
        .param("owners", array(owners))
        .query((row, _) -> Known.of(row))
        .list();
  }

  private List<UUID> absorbed(List<UUID> owners) {
    return jdbc.sql("select person_id from person where merged_into = any(:owners::uuid[])")
        .param("owners", array(owners))
        .query(UUID.class)
        .list();
  }

  /**
   * Those of the person's devices, of the named ones and of the visitors they are, on which nobody
   * else ever signed in.
   */
  private List<Known> devices(List<UUID> ids, List<UUID> strongIds) {
    return jdbc.sql(
            """
            select d.device_id as id, d.type, d.pseudonym from device d
            where d.device_id in (
                select s.device_id from evidence_of_identifier o
                join evidence e using (evidence_id)
                join sign_in s on s.device_id = any(e.weak) and s.evidence_id = e.evidence_id
                where o.identifier_id = any(:strong::uuid[])
                  and e.representative = any(:strong::uuid[])
                union all select unnest(:ids::uuid[])
                union all select unnest(v.devices) from device n
                  join event v on v.visitor_id = n.visitor_id and v.owner_id is null
                  where n.device_id = any(:ids::uuid[]))
              and not d.blocked
              and not exists (
                select from sign_in s join evidence e using (evidence_id)
                where s.device_id = d.device_id and e.representative <> all(:strong::uuid[]))
            order by d.device_id
            """)
        .param("strong", array(strongIds))
        .param("ids", array(ids))
        .query((row, _) -> Known.of(row))
        .list();
  }

  private Set<UUID> barred(List<UUID> ids) {
    return new LinkedHashSet<>(
        jdbc.sql(
                """
                select identifier_id from identifier
                where identifier_id = any(:ids::uuid[]) and state <> 'usable'
                union all
                select device_id from device where device_id = any(:ids::uuid[]) and blocked
                """)
            .param("ids", array(ids))
            .query(UUID.class)
            .list());
  }

  /** Whom the events of these devices that nobody owns are held to be, if no other device is. */
  private List<UUID> visitors(List<UUID> deviceIds) {
    return jdbc.sql(
            """
            select distinct d.visitor_id from device d
            where d.device_id = any(:devices::uuid[]) and d.visitor_id is not null
              and not exists (
                select from event v
                where v.visitor_id = d.visitor_id and v.owner_id is null
                  and not v.devices && :devices::uuid[])
            """)
        .param("devices", array(deviceIds))
        .query(UUID.class)
        .list();
  }

  private Set<UUID> usedByOthersToo(List<UUID> ids, List<UUID> own) {
    Set<UUID> known =
        new LinkedHashSet<>(
            jdbc.sql("select device_id from device where device_id = any(:ids::uuid[])")
                .param("ids", array(ids))
                .query(UUID.class)
                .list());
    own.forEach(known::remove);
    return known;
  }

  private static UUID[] array(Collection<UUID> ids) {
    return ids.toArray(UUID[]::new);
  }
}
