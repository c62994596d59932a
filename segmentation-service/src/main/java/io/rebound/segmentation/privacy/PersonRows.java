package io.rebound.segmentation.privacy;

import io.rebound.events.EventJson;
import io.rebound.segmentation.rfm.Customers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** All rows about given persons, whichever feature keeps them. */
@Repository
class PersonRows {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final Customers customers;

  PersonRows(JdbcClient jdbc, Customers customers) {
    this.jdbc = jdbc;
    this.customers = customers;
  }

  long eraseEvents(UUID[] persons) {
    return delete("delete from behaviour_event where person_id = any(:persons::uuid[])", persons);
  }

  long eraseMemberships(UUID[] persons) {
    return delete("delete from membership where person_id = any(:persons::uuid[])", persons);
  }

  /** Nothing is known of them, nobody goes by them, and the quintiles are without them. */
  long erasePersons(UUID[] persons) {
    jdbc.sql(
            """
            update person set survivor = null, alias_of = null
            where survivor = any(:persons::uuid[]) and person_id <> all(:persons::uuid[])
            """)
        .param("persons", persons)
        .update();
    List<Integer> orders =
        jdbc.sql("delete from person where person_id = any(:persons::uuid[]) returning orders")
            .param("persons", persons)
            .query(Integer.class)
            .list();
    if (orders.stream().anyMatch(count -> count > 0)) {
      customers.changed();
    }
    return orders.size();
  }

  private long delete(String sql, UUID[] persons) {
    return jdbc.sql(sql).param("persons", persons).update();
  }

  /** What they did. */
  List<Map<String, Object>> events(UUID[] persons) {
    return objects(
        """
        select json_strip_nulls(json_build_object(
          'event_name', name, 'event_id', event_id, 'source', source, 'at', at, 'value', value,
          'currency', currency, 'order', order_key, 'properties', props,
          'profiling_allowed', profiling))::text
        from behaviour_event where person_id = any(:persons::uuid[])
        order by at, event_id
        """,
        persons);
  }

  /** What they bought in sum, and how that scores. */
  List<Map<String, Object>> sums(UUID[] persons) {
    return objects(
        """
        select json_strip_nulls(json_build_object(
          'person_id', person_id, 'is_now', survivor, 'last_purchase_at', last_purchase_at,
          'orders', orders, 'spent', spent, 'r', r, 'f', f, 'm', m, 'judged_at', judged_at,
          'profiling_allowed', case when consent_revision > 0 then profiling end))::text
        from person where person_id = any(:persons::uuid[]) order by person_id
        """,
        persons);
  }

  /** Which segments they are in, or were. */
  List<Map<String, Object>> memberships(UUID[] persons) {
    return objects(
        """
        select json_build_object('segment', segment, 'member', member, 'since', since)::text
        from membership where person_id = any(:persons::uuid[]) order by segment, since
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
