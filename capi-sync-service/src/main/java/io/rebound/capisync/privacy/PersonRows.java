package io.rebound.capisync.privacy;

import io.rebound.events.EventJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** All rows about given persons, whichever feature keeps them, but those of audiences. */
@Repository
class PersonRows {
  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final JdbcClient jdbc;

  PersonRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How many of their events Meta has. */
  long delivered(UUID[] persons) {
    return jdbc.sql(
            """
            select count(*) from conversion
            where person_id = any(:persons::uuid[]) and state = 'delivered'
            """)
        .param("persons", persons)
        .query(Long.class)
        .single();
  }

  /** Their events are gone, and those that waited won't be sent. */
  long eraseConversions(UUID[] persons) {
    return jdbc.sql("delete from conversion where person_id = any(:persons::uuid[])")
        .param("persons", persons)
        .update();
  }

  /** In which changes of audiences their rows were is not told any more. */
  long eraseDisclosures(UUID[] persons) {
    return jdbc.sql("delete from audience_batch_person where person_id = any(:persons::uuid[])")
        .param("persons", persons)
        .update();
  }

  /** Nothing is known of them; nobody goes by them. */
  long erasePersons(UUID[] persons) {
    jdbc.sql(
            """
            update person set
              alias_of = case when alias_of <> all(:persons::uuid[]) then alias_of end,
              split_from = case when split_from <> all(:persons::uuid[]) then split_from end
            where (alias_of = any(:persons::uuid[]) or split_from = any(:persons::uuid[]))
              and person_id <> all(:persons::uuid[])
            """)
        .param("persons", persons)
        .update();
    return jdbc.sql("delete from person where person_id = any(:persons::uuid[])")
        .param("persons", persons)
        .update();
  }

  /**
   * The receipt of this erasure waits for Meta. A second order finds less, and counts the first.
   */
  void await(UUID requestId, UUID[] persons, Map<String, Long> counts) {
    jdbc.sql(
            """
            insert into erasure (request_id, persons, counts)
            values (:request, :persons::uuid[], :counts::jsonb)
            on conflict (request_id) do nothing
            """)
        .param("request", requestId)
        .param("persons", persons)
        .param("counts", EventJson.MAPPER.writeValueAsString(counts))
        .update();
  }

  /**
   * Erasures whose receipt waits, each with those it waits for: itself, and others of the same
   * persons, since a second one finds nothing more to tell Meta.
   */
  Map<UUID, List<UUID>> awaited() {
    Map<UUID, List<UUID>> awaited = new HashMap<>();
    jdbc.sql(
            """
            select e.request_id, o.request_id
            from erasure e join erasure o on o.persons && e.persons or o.request_id = e.request_id
            """)
        .query(row -> {
          awaited
              .computeIfAbsent(row.getObject(1, UUID.class), _ -> new ArrayList<>())
              .add(row.getObject(2, UUID.class));
        });
    return awaited;
  }

  /** What was erased; empty if the receipt doesn't wait any more. */
  Optional<Map<String, Long>> counts(UUID requestId) {
    return jdbc.sql("select counts::text from erasure where request_id = :request")
        .param("request", requestId)
        .query(String.class)
        .optional()
        .map(json -> EventJson.MAPPER.readValue(json, COUNTS));
  }

  void answered(UUID requestId) {
    jdbc.sql("delete from erasure where request_id = :request")
        .param("request", requestId)
        .update();
  }

  /** What became of each of their events on its way to Meta, with every request that held it. */
  List<Map<String, Object>> conversions(UUID[] persons) {
    return objects(
        """
        select json_strip_nulls(json_build_object(
          'event_name', c.event_name, 'event_id', c.event_id, 'source', c.source,
          'state', c.state, 'reason', c.reason, 'received_at', c.received_at,
          'settled_at', c.settled_at, 'match_keys', string_to_array(c.match_keys, ','),
          'requests', (
            select json_agg(json_build_object(
              'at', b.sent_at, 'outcome', b.outcome, 'fbtrace_id', b.fbtrace_id) order by b.id)
            from conversion_batch b where b.id = any(c.batches))))::text
        from conversion c where c.person_id = any(:persons::uuid[])
        order by c.received_at, c.event_id
        """,
        persons);
  }

  /** What is known of them beside that. */
  List<Map<String, Object>> persons(UUID[] persons) {
    return objects(
        """
        select json_strip_nulls(json_build_object(
          'person_id', person_id, 'is_now', alias_of,
          'allows_ads', case when consent_known then ads end,
          'match_keys', case when match_keys is not null
            then 'held sealed, for Meta only' end))::text
        from person where person_id = any(:persons::uuid[]) order by person_id
        """,
        persons);
  }

  private List<Map<String, Object>> objects(String sql, UUID[] persons) {
    var objects = new ArrayList<Map<String, Object>>();
    jdbc.sql(sql)
        .param("persons", persons)
        .query(row -> {
          objects.add(EventJson.MAPPER.readValue(row.getString(1), OBJECT));
        });
    return objects;
  }
}
