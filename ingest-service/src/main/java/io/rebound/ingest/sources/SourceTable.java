package io.rebound.ingest.sources;

import io.rebound.problems.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The sources that were made through the API, and the revision of all that an instance knows. */
@Repository
class SourceTable {
  private final JdbcClient jdbc;

  SourceTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A source as it is kept.
   *
   * @param json its definition
   */
  record StoredSource(
      String id,
      String json,
      long revision,
      Instant createdAt,
      String createdBy,
      Instant changedAt,
      String changedBy,
      @Nullable Instant disabledAt) {

    /** Throws Jackson's exception for one that this version can't read. */
    SourceDefinition definition() {
      return SourceJson.stored(json);
    }
  }

  /** What an instance compares with the revision it knows. */
  long revision() {
    return jdbc.sql("select revision from sources_revision").query(Long.class).single();
  }

  /**
   * Every instance reads the tables again. By the clock, so that the revision differs from any that
   * was seen before the database was restored.
   */
  void changed(Instant at) {
    jdbc.sql("update sources_revision set revision = greatest(revision + 1, :micros)")
        .param("micros", ChronoUnit.MICROS.between(Instant.EPOCH, at))
        .update();
  }

  List<StoredSource> all() {
    return jdbc.sql("select * from source").query((row, _) -> stored(row)).list();
  }

  List<StoredSource> list(PageRequest page) {
    return jdbc.sql(
            """
            select * from source where :after::text is null or id > :after::text
            order by id limit :limit
            """)
        .param("after", page.after())
        .param("limit", page.oneMore())
        .query((row, _) -> stored(row))
        .list();
  }

  Optional<StoredSource> find(String id) {
    if (!SourceRules.isId(id)) {
      return Optional.empty();
    }
    return jdbc.sql("select * from source where id = :id")
        .param("id", id)
        .query((row, _) -> stored(row))
        .optional();
  }

  /** False if there is one of that id, which then stays as it is. */
  boolean add(SourceDefinition definition, Instant at, String by) {
    return jdbc.sql(
                """
                insert into source
                  (id, definition, revision, created_at, created_by, changed_at, changed_by)
                values (:id, :definition::jsonb, 1, :at, :by, :at, :by)
                on conflict (id) do nothing
                """)
            .param("id", definition.id())
            .param("definition", SourceJson.write(definition))
            .param("at", Timestamp.from(at))
            .param("by", by)
            .update()
        > 0;
  }

  /** The source is as defined, and enabled. False if there is none of that id and revision. */
  boolean put(SourceDefinition definition, IfMatch match, Instant at, String by) {
    return jdbc.sql(
                """
                update source set definition = :definition::jsonb, revision = revision + 1,
                  changed_at = :at, changed_by = :by, disabled_at = null
                where id = :id
                  and (:revisions::bigint[] is null or revision = any (:revisions::bigint[]))
                """)
            .param("id", definition.id())
            .param("revisions", match.array(), Types.ARRAY)
            .param("definition", SourceJson.write(definition))
            .param("at", Timestamp.from(at))
            .param("by", by)
            .update()
        > 0;
  }

  /** The source is off. False if it was, or there is none of that id and revision. */
  boolean disable(String id, IfMatch match, Instant at, String by) {
    return jdbc.sql(
                """
                update source set revision = revision + 1,
                  changed_at = :at, changed_by = :by, disabled_at = :at
                where id = :id and disabled_at is null
                  and (:revisions::bigint[] is null or revision = any (:revisions::bigint[]))
                """)
            .param("id", id)
            .param("revisions", match.array(), Types.ARRAY)
            .param("at", Timestamp.from(at))
            .param("by", by)
            .update()
        > 0;
  }

  private static StoredSource stored(ResultSet row) throws SQLException {
    Timestamp disabled = row.getTimestamp("disabled_at");
    return new StoredSource(
        row.getString("id"),
        row.getString("definition"),
        row.getLong("revision"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("created_by"),
        row.getTimestamp("changed_at").toInstant(),
        row.getString("changed_by"),
        disabled == null ? null : disabled.toInstant());
  }
}
