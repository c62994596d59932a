package io.rebound.identity.devices;

import io.rebound.identity.sql.UuidArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which visitor each device's events are held to be. */
@Repository
class VisitorTable {
  private final JdbcClient jdbc;

  VisitorTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Says whose the devices' events are from now on; nobody's where they are gone. */
  void label(Map<UUID, UUID> byDevice, Set<UUID> gone) {
    List<UUID> devices = new ArrayList<>(byDevice.keySet());
    devices.addAll(gone);
    jdbc.sql(
            """
            update device d set visitor_id = n.visitor_id
            from unnest(:devices::uuid[], :visitors::uuid[]) as n (device_id, visitor_id)
            where d.device_id = n.device_id and d.visitor_id is distinct from n.visitor_id
            """)
        .param("devices", UuidArray.of(devices))
        .param("visitors", UuidArray.of(devices.stream().map(byDevice::get).toList()))
        .update();
  }

  /** Who these devices' events are. */
  Map<UUID, UUID> known(Set<UUID> devices) {
    var known = new HashMap<UUID, UUID>();
    jdbc.sql(
            """
            select device_id, visitor_id from device
            where device_id = any(:ids::uuid[]) and visitor_id is not null and not blocked
            """)
        .param("ids", UuidArray.of(devices))
        .query(row -> {
          known.put(
              row.getObject("device_id", UUID.class), row.getObject("visitor_id", UUID.class));
        });
    return known;
  }

  /** Which devices were seen together in these visitors' events, at most so many combinations. */
  Map<UUID, List<List<UUID>>> stored(Set<UUID> visitors, Set<Long> except, int most) {
    var stored = new HashMap<UUID, List<List<UUID>>>();
    if (visitors.isEmpty()) {
      return stored;
    }
    jdbc.sql(
            """
            select v.visitor_id, e.devices
            from unnest(:visitors::uuid[]) as v (visitor_id)
            cross join lateral (
              select distinct e.devices from event e
              where e.visitor_id = v.visitor_id and e.owner_id is null
                and cardinality(e.devices) > 0 and e.event_no <> all(:except::bigint[])
              limit :most) e
            """)
        .param("visitors", UuidArray.of(visitors))
        .param("except", except.toArray(Long[]::new))
        .param("most", most)
        .query(row -> {
          stored
              .computeIfAbsent(row.getObject("visitor_id", UUID.class), _ -> new ArrayList<>())
              .add(List.of((UUID[]) row.getArray("devices").getArray()));
        });
    return stored;
  }
}
