package io.rebound.segmentation.segments;

import io.rebound.events.EventJson;
import io.rebound.problems.PageRequest;
import io.rebound.segmentation.rules.DefinitionParser;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** The segments' table. */
@Repository
class Segments {
  private final JdbcClient jdbc;
  private volatile Cached cached = new Cached(Map.of(), new Definitions(List.of()));

  Segments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Cached(Map<String, Long> revisions, Definitions definitions) {}

  /** All of them as they stand; read and parsed only when one has changed. */
  Definitions definitions() {
    Map<String, Long> revisions = new HashMap<>();
    jdbc.sql("select name, revision from segment")
        .query(row -> {
          revisions.put(row.getString(1), row.getLong(2));
        });
    Cached known = cached;
    if (known.revisions().equals(revisions)) {
      return known.definitions();
    }
    List<Segment> all =
        jdbc.sql("select * from segment order by name").query((row, _) -> segment(row)).list();
    var definitions = new Definitions(all);
    Map<String, Long> read = new HashMap<>();
    all.forEach(segment -> read.put(segment.name(), segment.revision()));
    cached = new Cached(read, definitions);
    return definitions;
  }

  Optional<Segment> find(String name) {
    return jdbc.sql("select * from segment where name = :name")
        .param("name", name)
        .query((row, _) -> segment(row))
        .optional();
  }

  List<Segment> list(PageRequest page) {
    return jdbc.sql(
            """
            select * from segment where :after::text is null or name > :after::text
            order by name limit :limit
            """)
        .param("after", page.after())
        .param("limit", page.oneMore())
        .query((row, _) -> segment(row))
        .list();
  }

  /** The segment is as given from now on; its revision grows. */
  void put(Segment segment) {
    jdbc.sql(
            """
            insert into segment as s (name, description, audience, definition, revision, updated_at)
            values (:name, :description, :audience, :definition::jsonb, :revision, :at)
            on conflict (name) do update set
              description = excluded.description, audience = excluded.audience,
              definition = excluded.definition, updated_at = excluded.updated_at,
              revision = greatest(s.revision + 1, excluded.revision)
            """)
        .param("name", segment.name())
        .param("description", segment.description())
        .param("audience", segment.audience())
        .param("definition", EventJson.MAPPER.writeValueAsString(segment.when()))
        .param("revision", segment.revision())
        .param("at", Timestamp.from(segment.updatedAt()))
        .update();
  }

  boolean delete(String name) {
    return jdbc.sql("delete from segment where name = :name").param("name", name).update() > 0;
  }

  private static Segment segment(ResultSet row) throws SQLException {
    JsonNode when = EventJson.MAPPER.readTree(row.getString("definition"));
    return new Segment(
        row.getString("name"),
        row.getString("description"),
        row.getBoolean("audience"),
        when,
        DefinitionParser.parse(when, "when"),
        row.getLong("revision"),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
