package io.rebound.identity.devices;

import io.rebound.events.EventKey;
import io.rebound.identity.sightings.Sighting;
import io.rebound.identity.sql.UuidArray;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** From when on a device was whose. */
@Repository
public class SignIns {
  private final JdbcClient jdbc;
  private final String stitchBack;

  SignIns(JdbcClient jdbc, DeviceProperties properties) {
    this.jdbc = jdbc;
    this.stitchBack = properties.stitchBack().toString();
  }

  private record SignIn(UUID device, Instant at, UUID evidence, String receivedOn) {}

  /** Adds those of these events that show a person on a device. */
  void add(List<Sighting> sightings) {
    List<SignIn> rows =
        sightings.stream()
            .filter(Sighting::signsIn)
            .flatMap(one ->
                one.devices().stream()
                    .map(device ->
                        new SignIn(
                            device,
                            one.at(),
                            one.evidence(),
                            one.event()
                                .receivedAt()
                                .atZone(ZoneOffset.UTC)
                                .toLocalDate()
                                .toString())))
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into sign_in (device_id, at, evidence_id, received_on)
            select * from unnest(:devices::uuid[], :ats::timestamptz[], :evidence::uuid[], :days::date[])
            on conflict (device_id, at, evidence_id) do nothing
            """)
        .param("devices", UuidArray.of(rows.stream().map(SignIn::device).toList()))
        .param("ats", rows.stream().map(row -> Timestamp.from(row.at())).toArray(Timestamp[]::new))
        .param("evidence", UuidArray.of(rows.stream().map(SignIn::evidence).toList()))
        .param("days", rows.stream().map(SignIn::receivedOn).toArray(String[]::new))
        .update();
  }

  /**
   * The strong identifier that owns each of these events; the first device that has one decides.
   */
  public Map<EventKey, UUID> owners(List<Sighting> anonymous) {
    var owners = new HashMap<EventKey, UUID>();
    List<Sighting> onDevices = anonymous.stream().filter(one -> !one.weak().isEmpty()).toList();
    if (onDevices.isEmpty()) {
      return owners;
    }
    jdbc.sql(
            """
            select n.place, owner.identifier_id
            from unnest(:devices::text[], :ats::timestamptz[]) with ordinality as n (devices, at, place)
            cross join lateral (
              select o.identifier_id
              from unnest(n.devices::uuid[]) with ordinality as u (device, place)
              cross join lateral owner_of_device(u.device, n.at, :stitchBack::interval) o
              where o.identifier_id is not null
              order by u.place limit 1) owner
            """)
        .param("stitchBack", stitchBack)
        .param("devices", onDevices.stream().map(SignIns::devices).toArray(String[]::new))
        .param(
            "ats",
            onDevices.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
        .query(row -> {
          owners.put(
              onDevices.get(row.getInt("place") - 1).key(),
              row.getObject("identifier_id", UUID.class));
        });
    return owners;
  }

  static String devices(Sighting sighting) {
    return array(sighting.devices());
  }

  static String array(List<UUID> ids) {
    return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
  }

  /**
   * The numbers of the events whose owner these sign-ins may decide: those from a sign-in to the
   * next one, and before a device's first one those not too long ago.
   */
  List<Long> touching(List<Sighting> sightings) {
    record Moment(UUID device, Instant at) {}
    List<Moment> moments =
        sightings.stream()
            .filter(Sighting::signsIn)
            .flatMap(one -> one.devices().stream().map(device -> new Moment(device, one.at())))
            .distinct()
            .toList();
    if (moments.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            with moment as materialized (
              select * from unnest(:devices::uuid[], :ats::timestamptz[]) as s (device_id, at))
            select d.event_no
            from moment s join device_event d on d.device_id = s.device_id and d.at >= s.at
            where not exists (
              select from sign_in i join evidence e using (evidence_id)
              where i.device_id = s.device_id and i.at > s.at and i.at <= d.at
                and e.representative is not null)
            union
            select d.event_no
            from moment s join device_event d
              on d.device_id = s.device_id and d.at < s.at and d.at >= s.at - :stitchBack::interval
            where not exists (
              select from sign_in i join evidence e using (evidence_id)
              where i.device_id = s.device_id and i.at < s.at and e.representative is not null)
            """)
        .param("devices", UuidArray.of(moments.stream().map(Moment::device).toList()))
        .param(
            "ats", moments.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
        .param("stitchBack", stitchBack)
        .query(Long.class)
        .list();
  }
}
