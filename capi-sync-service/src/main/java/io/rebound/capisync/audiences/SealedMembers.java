package io.rebound.capisync.audiences;

import io.rebound.events.EventJson;
import io.rebound.events.SealedWithEvent;
import io.rebound.sealing.SealedRow;
import io.rebound.sealing.SealedRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The keys that Meta was told of members, as what must be sealed anew after a rotation. */
@Repository
class SealedMembers implements SealedRows<SealedMembers.Id> {
  private static final TypeReference<List<SealedWithEvent>> KEYS = new TypeReference<>() {};

  private final JdbcClient jdbc;

  SealedMembers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whose membership in what. */
  record Id(UUID person, String segment) {}

  @Override
  public String table() {
    return "audience_member";
  }

  @Override
  public Map<List<Long>, Long> counts() {
    var counts = new HashMap<List<Long>, Long>();
    jdbc.sql(
            """
            select sealing_keys, count(*) from audience_member
            where sent_keys is not null and sealing_keys <> '{}' group by sealing_keys
            """)
        .query(row -> {
          counts.put(Arrays.asList((Long[]) row.getArray(1).getArray()), row.getLong(2));
        });
    return counts;
  }

  @Override
  public List<SealedRow<Id>> sealedTo(List<Long> keys, @Nullable Id after, int most) {
    return jdbc.sql(
            """
            select person_id, segment, sent_keys from audience_member
            where sealing_keys = :keys::bigint[] and sent_keys is not null
              and (:person::uuid is null or (person_id, segment) > (:person::uuid, :segment::text))
            order by person_id, segment limit :most
            """)
        .param("keys", keys.toArray(Long[]::new))
        .param("person", after == null ? null : after.person())
        .param("segment", after == null ? null : after.segment())
        .param("most", most)
        .query((row, _) ->
            new SealedRow<>(
                new Id(row.getObject(1, UUID.class), row.getString(2)),
                row.getString(3),
                EventJson.MAPPER.readValue(row.getString(3), KEYS)))
        .list();
  }

  @Override
  public void replace(List<SealedRow<Id>> rows) {
    jdbc.sql(
            """
            with news as (
              select *
              from unnest(:persons::uuid[], :segments::text[], :befores::text[], :afters::text[])
                as n (person_id, segment, before, after)),
            -- whoever waits for nobody is in nobody's way
            held as materialized (
              select m.person_id, m.segment from audience_member m
              join news n using (person_id, segment)
              where m.sent_keys = n.before for update of m skip locked)
            update audience_member m set sent_keys = n.after
            from held join news n using (person_id, segment)
            where m.person_id = held.person_id and m.segment = held.segment
            """)
        .param("persons", rows.stream().map(row -> row.id().person()).toArray(UUID[]::new))
        .param("segments", rows.stream().map(row -> row.id().segment()).toArray(String[]::new))
        .param("befores", rows.stream().map(SealedRow::before).toArray(String[]::new))
        .param(
            "afters",
            rows.stream()
                .map(row -> EventJson.MAPPER.writeValueAsString(row.envelopes()))
                .toArray(String[]::new))
        .update();
  }
}
