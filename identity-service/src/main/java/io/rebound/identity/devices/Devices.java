package io.rebound.identity.devices;

import static java.util.stream.Collectors.toSet;

import io.rebound.events.Identifier;
import io.rebound.identity.sightings.PersonIds;
import io.rebound.identity.sightings.Sighting;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whose device it was. A sign-in makes its person the device's owner from its own time on, until
 * somebody else's; before the first sign-in the device was its person's for a while as well. What
 * arrives late changes who the events in between belong to. It joins no persons.
 */
@Component
public class Devices {
  private final JdbcClient jdbc;
  private final AnonymousEvents events;

  Devices(JdbcClient jdbc, AnonymousEvents events) {
    this.jdbc = jdbc;
    this.events = events;
  }

  private record SignIn(UUID device, Instant at, UUID identifier, LocalDate receivedOn) {}

  /** What became of the anonymous events. */
  public record Settled(List<OwnedEvent> added, List<OwnerChange> changed) {}

  /**
   * Takes the batch's sign-ins and anonymous events in. Locks devices in the order of their ids.
   */
  public Settled settle(List<Sighting> sightings) {
    List<SignIn> signIns =
        sightings.stream()
            .filter(Sighting::signsIn)
            .flatMap(sighting ->
                sighting.devices().stream()
                    .map(device ->
                        new SignIn(
                            device,
                            sighting.at(),
                            sighting.representative(),
                            sighting.event().receivedAt().atZone(ZoneOffset.UTC).toLocalDate())))
            .distinct()
            .toList();
    List<Sighting> anonymous = sightings.stream().filter(Sighting::anonymous).toList();
    if (signIns.isEmpty() && anonymous.isEmpty()) {
      return new Settled(List.of(), List.of());
    }
    hold(signIns, anonymous, sightings);
    if (!signIns.isEmpty()) {
      add(signIns);
    }
    List<OwnedEvent> added = anonymous.isEmpty() ? List.of() : events.add(anonymous);
    List<OwnerChange> changed = signIns.isEmpty() ? List.of() : changed(signIns);
    return new Settled(added, changed);
  }

  private List<OwnerChange> changed(List<SignIn> signIns) {
    UUID[] devices = signIns.stream().map(SignIn::device).toArray(UUID[]::new);
    Timestamp[] times =
        signIns.stream().map(signIn -> Timestamp.from(signIn.at())).toArray(Timestamp[]::new);
    List<Long> touched = events.touchedBy(devices, times);
    return touched.isEmpty() ? List.of() : events.ownAnew(touched);
  }

  private void hold(List<SignIn> signIns, List<Sighting> anonymous, List<Sighting> sightings) {
    Set<UUID> wanted = signIns.stream().map(SignIn::device).collect(toSet());
    anonymous.forEach(sighting -> wanted.addAll(sighting.devices()));
    var rows = new TreeMap<UUID, Identifier>(PersonIds.ORDER);
    for (Sighting sighting : sightings) {
      sighting
          .weak()
          .forEach((id, identifier) -> {
            if (wanted.contains(id)) {
              rows.put(id, identifier);
            }
          });
    }
    add(rows);
    lock(rows.keySet());
    // an event of several devices is judged by all of them, so none of them may change meanwhile
    Set<UUID> neighbours =
        new HashSet<>(
            jdbc.sql(
                    """
                    select distinct unnest(a.devices) from device_event d
                    join anonymous_event a using (event_no)
                    where d.device_id = any(:ids::uuid[]) and cardinality(a.devices) > 1
                    """)
                .param("ids", signIns.stream().map(SignIn::device).distinct().toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    neighbours.removeAll(rows.keySet());
    if (!neighbours.isEmpty()) {
      lock(neighbours);
    }
  }

  private void lock(Set<UUID> devices) {
    jdbc.sql(
            """
            select device_id from device where device_id = any(:ids::uuid[])
            order by device_id for update
            """)
        .param("ids", devices.toArray(UUID[]::new))
        .query(UUID.class)
        .list();
  }

  private void add(Map<UUID, Identifier> devices) {
    var identifiers = new ArrayList<>(devices.values());
    jdbc.sql(
            """
            insert into device (device_id, type, pseudonym)
            select * from unnest(:ids::uuid[], :types::text[], :pseudonyms::text[]) as n (id)
            where not exists (select from device d where d.device_id = n.id)
            on conflict (device_id) do nothing
            """)
        .param("ids", devices.keySet().toArray(UUID[]::new))
        .param(
            "types", identifiers.stream().map(one -> one.type().wireName()).toArray(String[]::new))
        .param("pseudonyms", identifiers.stream().map(Identifier::pseudonym).toArray(String[]::new))
        .update();
  }

  private void add(List<SignIn> signIns) {
    jdbc.sql(
            """
            insert into sign_in (device_id, at, identifier_id, received_on)
            select * from unnest(:devices::uuid[], :ats::timestamptz[], :ids::uuid[], :days::date[])
            on conflict (device_id, at, identifier_id) do nothing
            """)
        .param("devices", signIns.stream().map(SignIn::device).toArray(UUID[]::new))
        .param(
            "ats", signIns.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
        .param("ids", signIns.stream().map(SignIn::identifier).toArray(UUID[]::new))
        .param(
            "days", signIns.stream().map(one -> one.receivedOn().toString()).toArray(String[]::new))
        .update();
  }
}
