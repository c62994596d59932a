package io.rebound.identity.graph;

import io.rebound.events.Identifier;
import io.rebound.identity.sightings.PersonIds;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Marks values that link nobody from now on, for all time. */
@Repository
class BarredValues {
  private final JdbcClient jdbc;

  BarredValues(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Why a value is barred. */
  enum Reason {
    /** Too many people use it. */
    BLOCKED,
    /** A role's address, as the door saw. */
    ROLE;

    String column() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** They are nobody's; what was stated with them, and sealed, goes. */
  void bar(Map<UUID, Identifier> identifiers, Reason reason) {
    List<Map.Entry<UUID, Identifier>> rows =
        identifiers.entrySet().stream().sorted(Map.Entry.comparingByKey(PersonIds.ORDER)).toList();
    UUID[] ids = rows.stream().map(Map.Entry::getKey).toArray(UUID[]::new);
    jdbc.sql(
            """
            insert into identifier as i (identifier_id, type, pseudonym, person_id, state)
            select n.*, null, :state
            from unnest(:ids::uuid[], :types::text[], :pseudonyms::text[]) as n (id)
            order by id
            on conflict (identifier_id) do update set person_id = null, state = excluded.state
            where i.state = 'usable'
            """)
        .param("ids", ids)
        .param("state", reason.column())
        .param(
            "types",
            rows.stream().map(row -> row.getValue().type().wireName()).toArray(String[]::new))
        .param(
            "pseudonyms",
            rows.stream().map(row -> row.getValue().pseudonym()).toArray(String[]::new))
        .update();
    jdbc.sql("delete from envelope where identifier_id = any(:ids::uuid[])")
        .param("ids", ids)
        .update();
  }

  void barDevices(Collection<UUID> devices) {
    jdbc.sql(
            """
            update device set blocked = true, visitor_id = null
            where device_id = any(:ids::uuid[])
            """)
        .param("ids", devices.toArray(UUID[]::new))
        .update();
  }
}
