package io.rebound.identity.graph;

import static java.util.stream.Collectors.toSet;

import io.rebound.identity.profiles.Brought;
import io.rebound.identity.sightings.Sighting;
import io.rebound.identity.sql.UuidArray;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks up what is known of a batch's identifiers. */
@Repository
class KnownValues {
  private final JdbcClient jdbc;

  KnownValues(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** As far as can be told before anything is held. */
  Known guess(List<Sighting> sightings) {
    var barred = new HashSet<UUID>();
    var visitors = new HashMap<UUID, UUID>();
    readDevices(ids(sightings, sighting -> sighting.weak().keySet()), visitors, barred);
    return known(sightings, evidence(sightings), visitors, barred);
  }

  /**
   * As it is, now that the batch's devices and persons are held. Sets of identifiers that another
   * thread has shown since are taken in again, which changes nothing.
   *
   * @param blocked devices that may not link any more
   */
  Known certain(List<Sighting> sightings, Known guess, Set<UUID> blocked) {
    Set<UUID> barred = new HashSet<>(guess.barred());
    barred.addAll(blocked);
    return known(sightings, guess.evidence(), guess.visitors(), barred);
  }

  private Known known(
      List<Sighting> sightings,
      Map<UUID, Brought> evidence,
      Map<UUID, UUID> visitors,
      Set<UUID> barred) {
    var persons = new HashMap<UUID, UUID>();
    readIdentifiers(ids(sightings, sighting -> sighting.strong().keySet()), persons, barred);
    Set<UUID> roles =
        sightings.stream()
            .flatMap(sighting -> sighting.strong().entrySet().stream())
            .filter(entry -> entry.getValue().role())
            .map(Map.Entry::getKey)
            .filter(id -> !barred.contains(id))
            .collect(toSet());
    return new Known(evidence, persons, barred, roles, visitors);
  }

  private Map<UUID, Brought> evidence(List<Sighting> sightings) {
    var evidence = new HashMap<UUID, Brought>();
    jdbc.sql(
            """
            select evidence_id, brought_day, brought_match_keys, brought_contact, brought_since
            from evidence where evidence_id = any(:ids::uuid[])
            """)
        .param("ids", UuidArray.of(sightings.stream().map(Sighting::evidence).distinct().toList()))
        .query(row -> {
          Timestamp since = row.getTimestamp("brought_since");
          evidence.put(
              row.getObject("evidence_id", UUID.class),
              since == null
                  ? Brought.NOTHING
                  : new Brought(
                      row.getLong("brought_day"),
                      row.getInt("brought_match_keys"),
                      row.getInt("brought_contact"),
                      since.toInstant()));
        });
    return evidence;
  }

  private void readIdentifiers(List<UUID> ids, Map<UUID, UUID> persons, Set<UUID> barred) {
    if (ids.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            select identifier_id, person_id, state <> 'usable' as barred from identifier
            where identifier_id = any(:ids::uuid[])
            """)
        .param("ids", UuidArray.of(ids))
        .query(row -> {
          UUID id = row.getObject("identifier_id", UUID.class);
          if (row.getBoolean("barred")) {
            barred.add(id);
          } else {
            persons.put(id, row.getObject("person_id", UUID.class));
          }
        });
  }

  private void readDevices(List<UUID> ids, Map<UUID, UUID> visitors, Set<UUID> barred) {
    if (ids.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            select device_id, blocked, visitor_id from device
            where device_id = any(:ids::uuid[]) and (blocked or visitor_id is not null)
            """)
        .param("ids", UuidArray.of(ids))
        .query(row -> {
          UUID id = row.getObject("device_id", UUID.class);
          if (row.getBoolean("blocked")) {
            barred.add(id);
          } else {
            visitors.put(id, row.getObject("visitor_id", UUID.class));
          }
        });
  }

  private static List<UUID> ids(List<Sighting> sightings, Function<Sighting, Set<UUID>> which) {
    return sightings.stream()
        .flatMap(sighting -> which.apply(sighting).stream())
        .distinct()
        .toList();
  }
}
