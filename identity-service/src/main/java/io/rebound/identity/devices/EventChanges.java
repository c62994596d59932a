package io.rebound.identity.devices;

import io.rebound.events.EventKey;
import io.rebound.identity.sql.UuidArray;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Gives kept events to others. */
@Repository
class EventChanges {
  private final JdbcClient jdbc;

  EventChanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What an event is from now on. */
  record Change(Judged event, @Nullable UUID visitor, UUID person) {
    boolean moves() {
      return !person.equals(event.said());
    }
  }

  /** Writes them, and says which are somebody else's than was said. */
  List<OwnerChange> write(List<Change> changes) {
    Map<Long, Change> byNumber = new java.util.HashMap<>();
    changes.forEach(change -> byNumber.put(change.event().number(), change));
    List<OwnerChange> moved =
        jdbc
            .sql(
                """
                update event e set owner_id = n.owner_id, visitor_id = n.visitor_id,
                  devices = case when n.visitor_id is not null then n.devices::uuid[] end,
                  person_id = n.person_id,
                  revision = case when n.moves then greatest(e.revision + 1, clock_micros())
                                  else e.revision end
                from unnest(:numbers::bigint[], :owners::uuid[], :visitors::uuid[],
                            :devices::text[], :persons::uuid[], :moves::boolean[])
                  as n (event_no, owner_id, visitor_id, devices, person_id, moves)
                where e.event_no = n.event_no
                returning e.event_no, e.revision
                """)
            .param(
                "numbers", changes.stream().map(one -> one.event().number()).toArray(Long[]::new))
            .param(
                "owners", UuidArray.of(changes.stream().map(one -> one.event().owner()).toList()))
            .param("visitors", UuidArray.of(changes.stream().map(Change::visitor).toList()))
            .param(
                "devices",
                changes.stream()
                    .map(one -> SignIns.array(one.event().devices()))
                    .toArray(String[]::new))
            .param("persons", UuidArray.of(changes.stream().map(Change::person).toList()))
            .param("moves", changes.stream().map(Change::moves).toArray(Boolean[]::new))
            .query((row, _) -> moved(byNumber, row.getLong("event_no"), row.getLong("revision")))
            .stream()
            .filter(change -> !change.from().equals(change.to()))
            .toList();
    placeOnDevices(changes);
    return moved;
  }

  private static OwnerChange moved(Map<Long, Change> changes, long number, long revision) {
    Change change = java.util.Objects.requireNonNull(changes.get(number));
    return new OwnerChange(
        change.event().key(),
        change.event().said(),
        change.person(),
        revision,
        change.event().states());
  }

  /** Events that lost their last usable strong identifier go by their devices from now on. */
  private void placeOnDevices(List<Change> changes) {
    List<Change> anonymous =
        changes.stream()
            .filter(one -> one.event().wasVisitor() == null && one.visitor() != null)
            .toList();
    if (!anonymous.isEmpty()) {
      jdbc.sql(
              """
              insert into device_event (device_id, at, event_no)
              select distinct unnest(devices), at, event_no from event
              where event_no = any(:numbers::bigint[])
              on conflict do nothing
              """)
          .param(
              "numbers", anonymous.stream().map(one -> one.event().number()).toArray(Long[]::new))
          .update();
    }
    restate(changes.stream().filter(one -> one.event().wasVisitor() == null).toList());
  }

  /** What was stated with an identifier that may not link any more goes with the event. */
  private void restate(List<Change> identified) {
    List<Change> stating =
        identified.stream()
            .filter(one -> one.event().states())
            .filter(one -> !java.util.Objects.equals(one.event().owner(), one.event().wasOwner()))
            .toList();
    if (stating.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into consent as c (subject_id, purpose, value, at, source, event_id)
            select distinct on (e.owner_id, s.key)
              e.owner_id, s.key, s.value::boolean, e.at, e.source, e.event_id
            from event e cross join jsonb_each_text(e.stated) s
            where e.event_no = any(:numbers::bigint[]) and e.visitor_id is null
            order by e.owner_id, s.key, e.at desc, s.value::boolean
            on conflict (subject_id, purpose) do update set
              value = excluded.value, at = excluded.at,
              source = excluded.source, event_id = excluded.event_id
            where (excluded.at, not excluded.value) > (c.at, not c.value)
            """)
        .param("numbers", stating.stream().map(one -> one.event().number()).toArray(Long[]::new))
        .update();
    jdbc.sql("delete from consent where subject_id = any(:ids::uuid[])")
        .param(
            "ids",
            UuidArray.of(stating.stream().map(one -> one.event().wasOwner()).distinct().toList()))
        .update();
  }

  /** Gives the events of these visitors that nobody owns to the visitors they are now. */
  List<OwnerChange> relabel(Collection<UUID> visitors, Map<UUID, UUID> byDevice) {
    List<UUID> devices = List.copyOf(byDevice.keySet());
    return jdbc.sql(
            """
            update event e set visitor_id = n.visitor_id, person_id = n.visitor_id,
              revision = greatest(e.revision + 1, clock_micros())
            from unnest(:devices::uuid[], :labels::uuid[]) as n (device_id, visitor_id),
              event was
            where e.visitor_id = any(:visitors::uuid[]) and e.owner_id is null
              and e.devices[1] = n.device_id and e.visitor_id <> n.visitor_id
              and was.event_no = e.event_no
            returning e.source, e.event_id, was.person_id as said, e.visitor_id, e.revision,
              e.stated is not null as states
            """)
        .param("devices", UuidArray.of(devices))
        .param("labels", UuidArray.of(devices.stream().map(byDevice::get).toList()))
        .param("visitors", UuidArray.of(visitors))
        .query((row, _) ->
            new OwnerChange(
                new EventKey(row.getString("source"), row.getString("event_id")),
                row.getObject("said", UUID.class),
                row.getObject("visitor_id", UUID.class),
                row.getLong("revision"),
                row.getBoolean("states")))
        .list();
  }

  /** These are looked at again between batches. */
  void later(Collection<Long> numbers) {
    jdbc.sql("insert into rejudging (event_no) select unnest(:numbers::bigint[])")
        .param("numbers", numbers.toArray(Long[]::new))
        .update();
  }

  /** Takes events that wait to be looked at again; other threads take others. */
  List<Long> due(int most) {
    return jdbc.sql(
            """
            delete from rejudging where rejudging_no in (
              select rejudging_no from rejudging order by rejudging_no limit :most
              for update skip locked)
            returning event_no
            """)
        .param("most", most)
        .query(Long.class)
        .list();
  }
}
