package io.rebound.whatsapp.triggers;

import io.rebound.events.EventJson;
import io.rebound.problems.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The table of triggers. */
@Repository
public class Triggers {
  private static final String ALL =
      """
      select name, event, unless, extract(epoch from after)::bigint as after, template, language,
        parameters, fallbacks, enabled, updated_at
      from message_trigger
      """;
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final JdbcClient jdbc;

  Triggers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void put(Trigger trigger) {
    jdbc.sql(
            """
            insert into message_trigger
              (name, event, unless, after, template, language, parameters, fallbacks, enabled,
               updated_at)
            values (:name, :event, :unless::text[], make_interval(secs => :after), :template,
              :language, :parameters::text[], :fallbacks, :enabled, :updatedAt)
            on conflict (name) do update set event = excluded.event, unless = excluded.unless,
              after = excluded.after, template = excluded.template, language = excluded.language,
              parameters = excluded.parameters, fallbacks = excluded.fallbacks,
              enabled = excluded.enabled, updated_at = excluded.updated_at
            """)
        .param("name", trigger.name())
        .param("event", trigger.event())
        .param("unless", trigger.unless().toArray(String[]::new))
        .param("after", trigger.after().toSeconds())
        .param("template", trigger.template())
        .param("language", trigger.language())
        .param("parameters", trigger.parameters().toArray(String[]::new))
        .param("fallbacks", EventJson.MAPPER.writeValueAsString(trigger.fallbacks()))
        .param("enabled", trigger.enabled())
        .param("updatedAt", Timestamp.from(trigger.updatedAt()))
        .update();
  }

  public Optional<Trigger> find(String name) {
    return jdbc.sql(ALL + "where name = :name")
        .param("name", name)
        .query((row, _) -> trigger(row))
        .optional();
  }

  List<Trigger> list(PageRequest page) {
    return jdbc.sql(ALL + "where name > coalesce(:after, '') order by name limit :limit")
        .param("after", page.after())
        .param("limit", page.oneMore())
        .query((row, _) -> trigger(row))
        .list();
  }

  List<Trigger> enabled() {
    return jdbc.sql(ALL + "where enabled").query((row, _) -> trigger(row)).list();
  }

  private static Trigger trigger(ResultSet row) throws SQLException {
    return new Trigger(
        row.getString("name"),
        row.getString("event"),
        List.of((String[]) row.getArray("unless").getArray()),
        Duration.ofSeconds(row.getLong("after")),
        row.getString("template"),
        row.getString("language"),
        List.of((String[]) row.getArray("parameters").getArray()),
        EventJson.MAPPER.readValue(row.getString("fallbacks"), TEXTS),
        row.getBoolean("enabled"),
        row.getTimestamp("updated_at").toInstant());
  }
}
