package io.rebound.identity.devices;

import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.identity.sightings.Sighting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Events that only a device tells of, and whose they are held to be. */
@Repository
class AnonymousEvents {
  // the first of an event's devices that has an owner decides
  private static final String OWNER =
      """
      (select o.identifier_id
       from unnest(e.devices) with ordinality as u (device, place)
       cross join lateral owner_of_device(u.device, e.at, :stitchBack::interval) o
       where o.identifier_id is not null
       order by u.place limit 1)
      """;

  private final JdbcClient jdbc;
  private final String stitchBack;

  AnonymousEvents(JdbcClient jdbc, DeviceProperties properties) {
    this.jdbc = jdbc;
    this.stitchBack = properties.stitchBack().toString();
  }

  List<OwnedEvent> add(List<Sighting> sightings) {
    return jdbc.sql(
            """
            with e as (
              select source, event_id, at, received_at, devices::uuid[] as devices, visitor_id,
                     stated::jsonb as stated
              from unnest(:sources::text[], :eventIds::text[], :ats::timestamptz[],
                          :receivedAts::timestamptz[], :devices::text[], :visitors::uuid[],
                          :stated::text[])
                as n (source, event_id, at, received_at, devices, visitor_id, stated)
            ), added as (
              insert into anonymous_event
                (source, event_id, at, received_at, devices, visitor_id, owner_id, stated, revision)
              select source, event_id, at, received_at, devices, visitor_id,
            """
                + OWNER
                + """
                      , stated, clock_micros()
                  from e
                  returning *
                ), placed as (
                  insert into device_event (device_id, at, event_no)
                  select distinct unnest(devices), at, event_no from added
                )
                select source, event_id, visitor_id, owner_id, revision from added
                """)
        .param("stitchBack", stitchBack)
        .param(
            "sources", sightings.stream().map(one -> one.event().source()).toArray(String[]::new))
        .param(
            "eventIds", sightings.stream().map(one -> one.event().eventId()).toArray(String[]::new))
        .param(
            "ats",
            sightings.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
        .param(
            "receivedAts",
            sightings.stream()
                .map(one -> Timestamp.from(one.event().receivedAt()))
                .toArray(Timestamp[]::new))
        .param(
            "devices",
            sightings.stream()
                .map(one ->
                    one.devices().stream()
                        .map(UUID::toString)
                        .collect(Collectors.joining(",", "{", "}")))
                .toArray(String[]::new))
        .param(
            "visitors",
            sightings.stream().map(one -> one.devices().getFirst()).toArray(UUID[]::new))
        .param("stated", sightings.stream().map(AnonymousEvents::stated).toArray(String[]::new))
        .query((row, _) -> owned(row))
        .list();
  }

  private static @Nullable String stated(Sighting sighting) {
    return sighting.event().consent().stated().isEmpty()
        ? null
        : EventJson.MAPPER.writeValueAsString(sighting.event().consent().stated());
  }

  /**
   * The events whose owner these sign-ins may decide: those from a sign-in to the next one, and
   * before a device's first one those not too long ago.
   */
  List<Long> touchedBy(UUID[] devices, Timestamp[] times) {
    return jdbc.sql(
            """
            select distinct d.event_no
            from unnest(:devices::uuid[], :ats::timestamptz[]) as s (device_id, at)
            cross join lateral (
              select
                case when exists (
                  select from sign_in e where e.device_id = s.device_id and e.at < s.at)
                then s.at else s.at - :stitchBack::interval end as since,
                coalesce((
                  select min(e.at) from sign_in e
                  where e.device_id = s.device_id and e.at > s.at), 'infinity') as until) span
            join device_event d
              on d.device_id = s.device_id and d.at >= span.since and d.at < span.until
            """)
        .param("devices", devices)
        .param("ats", times)
        .param("stitchBack", stitchBack)
        .query(Long.class)
        .list();
  }

  /** Decides again whose these events are. */
  List<OwnerChange> ownAnew(List<Long> numbers) {
    return jdbc.sql(
            """
            with judged as (
              select e.event_no, e.owner_id as was,
            """
                + OWNER
                + """
                    as now
                  from anonymous_event e where e.event_no = any(:numbers::bigint[])
                )
                update anonymous_event e
                set owner_id = j.now, revision = greatest(e.revision + 1, clock_micros())
                from judged j
                where e.event_no = j.event_no and j.was is distinct from j.now
                returning e.source, e.event_id, e.visitor_id, e.owner_id, e.revision, j.was,
                  e.stated is not null as has_stated
                """)
        .param("stitchBack", stitchBack)
        .param("numbers", numbers.toArray(Long[]::new))
        .query((row, _) ->
            new OwnerChange(
                owned(row), row.getObject("was", UUID.class), row.getBoolean("has_stated")))
        .list();
  }

  private static OwnedEvent owned(ResultSet row) throws SQLException {
    return new OwnedEvent(
        new EventKey(row.getString("source"), row.getString("event_id")),
        row.getObject("visitor_id", UUID.class),
        row.getObject("owner_id", UUID.class),
        row.getLong("revision"));
  }
}
