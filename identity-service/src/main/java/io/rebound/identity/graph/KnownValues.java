package io.rebound.identity.graph;

import static java.util.stream.Collectors.toSet;

import io.rebound.identity.sightings.Sighting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks up what is known of a batch's identifiers, in three statements. */
@Repository
class KnownValues {
  private final JdbcClient jdbc;

  KnownValues(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Known of(List<Sighting> sightings) {
    var persons = new HashMap<UUID, UUID>();
    var barred = new HashSet<UUID>();
    var visitors = new HashMap<UUID, UUID>();
    readIdentifiers(ids(sightings, sighting -> sighting.strong().keySet()), persons, barred);
    readDevices(ids(sightings, sighting -> sighting.weak().keySet()), visitors, barred);
    Set<UUID> roles =
        sightings.stream()
            .flatMap(sighting -> sighting.strong().entrySet().stream())
            .filter(entry -> entry.getValue().role())
            .map(Map.Entry::getKey)
            .filter(id -> !barred.contains(id))
            .collect(toSet());
    return new Known(evidence(sightings), persons, barred, roles, visitors);
  }

  private Set<UUID> evidence(List<Sighting> sightings) {
    return jdbc
        .sql("select evidence_id from evidence where evidence_id = any(:ids::uuid[])")
        .param("ids", sightings.stream().map(Sighting::evidence).distinct().toArray(UUID[]::new))
        .query(UUID.class)
        .stream()
        .collect(toSet());
  }

  private void readIdentifiers(UUID[] ids, Map<UUID, UUID> persons, Set<UUID> barred) {
    if (ids.length == 0) {
      return;
    }
    jdbc.sql(
            """
            select identifier_id, person_id, state <> 'usable' as barred from identifier
            where identifier_id = any(:ids::uuid[])
            """)
        .param("ids", ids)
        .query(row -> {
          UUID id = row.getObject("identifier_id", UUID.class);
          if (row.getBoolean("barred")) {
            barred.add(id);
          } else {
            persons.put(id, row.getObject("person_id", UUID.class));
          }
        });
  }

  private void readDevices(UUID[] ids, Map<UUID, UUID> visitors, Set<UUID> barred) {
    if (ids.length == 0) {
      return;
    }
    jdbc.sql(
            """
            select device_id, blocked, visitor_id from device
            where device_id = any(:ids::uuid[]) and (blocked or visitor_id is not null)
            """)
        .param("ids", ids)
        .query(row -> {
          UUID id = row.getObject("device_id", UUID.class);
          if (row.getBoolean("blocked")) {
            barred.add(id);
          } else {
            visitors.put(id, row.getObject("visitor_id", UUID.class));
          }
        });
  }

  private static UUID[] ids(List<Sighting> sightings, Function<Sighting, Set<UUID>> which) {
    return sightings.stream()
        .flatMap(sighting -> which.apply(sighting).stream())
        .distinct()
        .toArray(UUID[]::new);
  }
}
