package io.rebound.capisync.people;

import io.rebound.events.EventJson;
import io.rebound.events.SealedWithEvent;
import io.rebound.sealing.SealedRow;
import io.rebound.sealing.SealedRows;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Persons' match keys, as what must be sealed anew after a rotation. */
@Repository
class SealedPeople implements SealedRows<UUID> {
  private static final TypeReference<List<SealedWithEvent>> KEYS = new TypeReference<>() {};

  private final JdbcClient jdbc;

  SealedPeople(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String table() {
    return "person";
  }

  @Override
  public Map<List<Long>, Long> counts() {
    var counts = new HashMap<List<Long>, Long>();
    jdbc.sql(
            """
            select sealing_keys, count(*) from person
            where match_keys is not null and sealing_keys <> '{}' group by sealing_keys
            """)
        .query(row -> {
          counts.put(ids(row.getArray(1)), row.getLong(2));
        });
    return counts;
  }

  private static List<Long> ids(Array array) throws SQLException {
    return Arrays.asList((Long[]) array.getArray());
  }

  @Override
  public List<SealedRow<UUID>> sealedTo(List<Long> keys, @Nullable UUID after, int most) {
    return jdbc.sql(
            """
            select person_id, match_keys from person
            where sealing_keys = :keys::bigint[] and match_keys is not null
              and (:after::uuid is null or person_id > :after::uuid)
            order by person_id limit :most
            """)
        .param("keys", keys.toArray(Long[]::new))
        .param("after", after)
        .param("most", most)
        .query((row, _) ->
            new SealedRow<>(
                row.getObject(1, UUID.class),
                row.getString(2),
                EventJson.MAPPER.readValue(row.getString(2), KEYS)))
        .list();
  }

  @Override
  public void replace(List<SealedRow<UUID>> rows) {
    jdbc.sql(
            """
            with news as (
              select * from unnest(:ids::uuid[], :befores::text[], :afters::text[])
                as n (person_id, before, after)),
            -- whoever waits for nobody is in nobody's way
            held as materialized (
              select p.person_id from person p join news n using (person_id)
              where p.match_keys = n.before for update of p skip locked)
            update person p set match_keys = n.after
            from held join news n using (person_id)
            where p.person_id = held.person_id
            """)
        .param("ids", rows.stream().map(SealedRow::id).toArray(UUID[]::new))
        .param("befores", rows.stream().map(SealedRow::before).toArray(String[]::new))
        .param(
            "afters",
            rows.stream()
                .map(row -> EventJson.MAPPER.writeValueAsString(row.envelopes()))
                .toArray(String[]::new))
        .update();
  }
}
