package io.rebound.whatsapp.privacy;

import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** All rows about given persons, whichever feature keeps them. */
@Repository
public class PersonRows {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final JdbcClient jdbc;

  PersonRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Their messages are gone, and those that wait won't be sent. */
  long eraseMessages(UUID[] persons) {
    return delete("delete from message where person_id = any(:persons::uuid[])", persons);
  }

  long eraseTimers(UUID[] persons) {
    return delete(
        """
        delete from timer t using recent_event e
        where t.event_id = e.event_id and t.source = e.source
          and e.person_id = any(:persons::uuid[])
        """,
        persons);
  }

  long eraseEvents(UUID[] persons) {
    return delete("delete from recent_event where person_id = any(:persons::uuid[])", persons);
  }

  /** Numbers that said stop. */
  long eraseStops(String[] pseudonyms) {
    return jdbc.sql("delete from stopped_number where pseudonym = any(:pseudonyms::text[])")
        .param("pseudonyms", pseudonyms)
        .update();
  }

  /** Nothing is known of them; nobody goes by them. */
  long erasePersons(UUID[] persons) {
    jdbc.sql(
            """
            update person set alias_of = null
            where alias_of = any(:persons::uuid[]) and person_id <> all(:persons::uuid[])
            """)
        .param("persons", persons)
        .update();
    return delete("delete from person where person_id = any(:persons::uuid[])", persons);
  }

  /** These events turned out to be an erased person's: with them goes what they caused. */
  public void forget(Collection<EventKey> events) {
    for (String sql :
        List.of(
            """
            delete from message x using unnest(:sources::text[], :ids::text[]) as k (source, id)
            where x.event_id = k.id and x.source = k.source
            """,
            """
            delete from timer x using unnest(:sources::text[], :ids::text[]) as k (source, id)
            where x.event_id = k.id and x.source = k.source
            """,
            """
            delete from recent_event x using unnest(:sources::text[], :ids::text[]) as k (source, id)
            where x.event_id = k.id and x.source = k.source
            """)) {
      jdbc.sql(sql)
          .param("sources", events.stream().map(EventKey::source).toArray(String[]::new))
          .param("ids", events.stream().map(EventKey::eventId).toArray(String[]::new))
          .update();
    }
  }

  private long delete(String sql, UUID[] persons) {
    return jdbc.sql(sql).param("persons", persons).update();
  }

  /** Each message: why, when, and what became of it. */
  List<Map<String, Object>> messages(UUID[] persons) {
    return objects(
        """
        select json_strip_nulls(json_build_object(
          'trigger', m.trigger, 'template', t.template, 'language', t.language,
          'because_of_event', m.event_id, 'state', m.state, 'reason', m.reason,
          'created_at', m.created_at, 'sent_at', m.called_at, 'settled_at', m.settled_at))::text
        from message m left join message_trigger t on t.name = m.trigger
        where m.person_id = any(:persons::uuid[]) order by m.created_at, m.id
        """,
        persons);
  }

  /** When their numbers said stop, as long as identity hasn't weighed it. */
  List<Map<String, Object>> stops(String[] pseudonyms) {
    var stops = new ArrayList<Map<String, Object>>();
    jdbc.sql("select at::text from stopped_number where pseudonym = any(:pseudonyms::text[])")
        .param("pseudonyms", pseudonyms)
        .query(row -> {
          stops.add(Map.of("at", row.getString(1)));
        });
    return stops;
  }

  /** Events that triggers ask for. */
  List<Map<String, Object>> events(UUID[] persons) {
    return objects(
        """
        select json_strip_nulls(json_build_object(
          'event_name', name, 'event_id', event_id, 'source', source, 'at', at))::text
        from recent_event where person_id = any(:persons::uuid[]) order by at, event_id
        """,
        persons);
  }

  /** What is known of them beside that. */
  List<Map<String, Object>> persons(UUID[] persons) {
    return objects(
        """
        select json_strip_nulls(json_build_object(
          'person_id', person_id, 'is_now', alias_of,
          'allows_messages', case when consent_known then messaging end,
          'contact', case when contact is not null
            then 'number, first name and language, held sealed' end))::text
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
