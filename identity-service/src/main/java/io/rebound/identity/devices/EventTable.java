package io.rebound.identity.devices;

import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.identity.sightings.Sighting;
import io.rebound.identity.sql.UuidArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every event of the last months, and whose it is held to be. */
@Repository
class EventTable {
  private final JdbcClient jdbc;
  private final String stitchBack;

  EventTable(JdbcClient jdbc, DeviceProperties properties) {
    this.jdbc = jdbc;
    this.stitchBack = properties.stitchBack().toString();
  }

  /**
   * A new event.
   *
   * @param visitor null where it has a usable strong identifier of its own
   */
  record Row(Sighting sighting, @Nullable UUID owner, @Nullable UUID visitor, UUID person) {}

  /** Adds new events and says under which revision each is announced. */
  List<OwnedEvent> add(List<Row> rows, boolean repeated) {
    Map<EventKey, UUID> persons = new HashMap<>();
    rows.forEach(row -> persons.put(row.sighting().key(), row.person()));
    return jdbc.sql(
            """
            with added as (
              insert into event (source, event_id, at, received_at, evidence_id, owner_id,
                                 visitor_id, devices, person_id, stated, revision)
              select source, event_id, at, received_at, evidence_id, owner_id, visitor_id,
                case when visitor_id is not null then devices::uuid[] end, person_id, stated::jsonb,
                case when visitor_id is not null or :repeated then clock_micros() else 0 end
              from unnest(:sources::text[], :eventIds::text[], :ats::timestamptz[],
                          :receivedAts::timestamptz[], :evidence::uuid[], :owners::uuid[],
                          :visitors::uuid[], :devices::text[], :persons::uuid[], :stated::text[])
                as n (source, event_id, at, received_at, evidence_id, owner_id, visitor_id, devices,
                      person_id, stated)
              returning source, event_id, revision, event_no, at, devices
            ), placed as (
              insert into device_event (device_id, at, event_no)
              select distinct unnest(devices), at, event_no from added where devices is not null
            )
            select source, event_id, revision from added
            """)
        .param("repeated", repeated)
        .param("sources", strings(rows, row -> row.sighting().event().source()))
        .param("eventIds", strings(rows, row -> row.sighting().event().eventId()))
        .param("ats", times(rows, row -> Timestamp.from(row.sighting().at())))
        .param(
            "receivedAts", times(rows, row -> Timestamp.from(row.sighting().event().receivedAt())))
        .param("evidence", ids(rows, row -> row.sighting().evidence()))
        .param("owners", ids(rows, Row::owner))
        .param("visitors", ids(rows, Row::visitor))
        .param("devices", strings(rows, row -> SignIns.devices(row.sighting())))
        .param("persons", ids(rows, Row::person))
        .param("stated", strings(rows, EventTable::stated))
        .query((row, _) -> {
          EventKey key = key(row);
          return new OwnedEvent(
              key, java.util.Objects.requireNonNull(persons.get(key)), row.getLong("revision"));
        })
        .list();
  }

  private static @Nullable String stated(Row row) {
    var stated = row.sighting().event().consent().stated();
    return stated.isEmpty() ? null : EventJson.MAPPER.writeValueAsString(stated);
  }

  /** The numbers of anonymous events on these devices. */
  List<Long> onDevices(Collection<UUID> devices) {
    return devices.isEmpty()
        ? List.of()
        : jdbc.sql("select distinct event_no from device_event where device_id = any(:ids::uuid[])")
            .param("ids", UuidArray.of(devices))
            .query(Long.class)
            .list();
  }

  /** The numbers of these identifiers' events that were said to be somebody else's. */
  List<Long> misattributed(Collection<UUID> identifiers) {
    return identifiers.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                select e.event_no
                from event e
                left join identifier i on i.identifier_id = e.owner_id
                left join person p on p.person_id = e.person_id
                where e.owner_id = any(:ids::uuid[])
                  and coalesce(p.merged_into, e.person_id) is distinct from i.person_id
                """)
            .param("ids", UuidArray.of(identifiers))
            .query(Long.class)
            .list();
  }

  /** What is known now of whose these events are. */
  List<Judged> judge(Collection<Long> numbers) {
    return jdbc.sql(
            """
            select e.event_no, e.source, e.event_id, e.owner_id, e.visitor_id,
              coalesce(e.devices, '{}') as was_on, e.stated is not null as states,
              coalesce(p.merged_into, e.person_id) as said, v.representative, u.devices,
              o.identifier_id as device_owner
            from event e
            left join evidence v using (evidence_id)
            left join person p on p.person_id = e.person_id
            cross join lateral (
              select array(
                select d.device_id
                from unnest(coalesce(e.devices, v.weak)) with ordinality as w (device_id, place)
                join device d using (device_id)
                where not d.blocked order by w.place) as devices) u
            left join lateral (
              select o.identifier_id
              from unnest(u.devices) with ordinality as w (device, place)
              cross join lateral owner_of_device(w.device, e.at, :stitchBack::interval) o
              where v.representative is null and o.identifier_id is not null
              order by w.place limit 1) o on true
            where e.event_no = any(:numbers::bigint[])
            """)
        .param("stitchBack", stitchBack)
        .param("numbers", numbers.toArray(Long[]::new))
        .query((row, _) ->
            new Judged(
                row.getLong("event_no"),
                key(row),
                row.getObject("said", UUID.class),
                row.getObject("owner_id", UUID.class),
                row.getObject("visitor_id", UUID.class),
                ids(row, "was_on"),
                row.getBoolean("states"),
                row.getObject("representative", UUID.class),
                ids(row, "devices"),
                row.getObject("device_owner", UUID.class)))
        .list();
  }

  /** Whose each of these identifiers is. */
  Map<UUID, UUID> persons(Collection<UUID> identifiers) {
    var persons = new HashMap<UUID, UUID>();
    if (!identifiers.isEmpty()) {
      jdbc.sql(
              """
              select identifier_id, person_id from identifier
              where identifier_id = any(:ids::uuid[]) and person_id is not null
              """)
          .param("ids", UuidArray.of(identifiers))
          .query(row -> {
            persons.put(
                row.getObject("identifier_id", UUID.class), row.getObject("person_id", UUID.class));
          });
    }
    return persons;
  }

  private static EventKey key(ResultSet row) throws SQLException {
    return new EventKey(row.getString("source"), row.getString("event_id"));
  }

  private static List<UUID> ids(ResultSet row, String column) throws SQLException {
    return List.of((UUID[]) row.getArray(column).getArray());
  }

  private static @Nullable UuidArray ids(
      List<Row> rows, java.util.function.Function<Row, @Nullable UUID> value) {
    return UuidArray.of(rows.stream().map(value).toList());
  }

  private static @Nullable String[] strings(
      List<Row> rows, java.util.function.Function<Row, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  private static Timestamp[] times(
      List<Row> rows, java.util.function.Function<Row, Timestamp> value) {
    return rows.stream().map(value).toArray(Timestamp[]::new);
  }
}
