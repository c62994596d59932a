package io.rebound.ingest.sources;

import io.rebound.problems.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The write keys that were made through the API, by their hashes. */
@Repository
class WriteKeyTable {
  private final JdbcClient jdbc;

  WriteKeyTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A key that may be used, as an instance has to know it. */
  record LiveKey(String id, String source, String sha256, @Nullable Instant expiresAt) {}

  /** A key as the API shows it, whatever became of it. */
  record Listed(
      String id,
      String name,
      boolean configured,
      @Nullable Instant createdAt,
      @Nullable String createdBy,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt) {}

  /** Those that are neither revoked nor over. */
  List<LiveKey> live(Instant now) {
    return jdbc.sql(
            """
            select id, source, sha256, expires_at from write_key
            where revoked_at is null and (expires_at is null or expires_at > :now)
            """)
        .param("now", Timestamp.from(now))
        .query((row, _) ->
            new LiveKey(
                row.getString("id"),
                row.getString("source"),
                row.getString("sha256"),
                instant(row, "expires_at")))
        .list();
  }

  List<Listed> list(String source, PageRequest page) {
    return jdbc.sql(
            """
            select * from write_key
            where source = :source and (:after::text is null or id > :after::text)
            order by id limit :limit
            """)
        .param("source", source)
        .param("after", page.after())
        .param("limit", page.oneMore())
        .query((row, _) ->
            new Listed(
                row.getString("id"),
                row.getString("name"),
                false,
                instant(row, "created_at"),
                row.getString("created_by"),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                instant(row, "last_used_at")))
        .list();
  }

  /** The key is known by its hash from now on. */
  void add(LiveKey key, String name, Instant at, String by) {
    Instant expiresAt = key.expiresAt();
    jdbc.sql(
            """
            insert into write_key (id, source, name, sha256, created_at, created_by, expires_at)
            values (:id, :source, :name, :sha256, :at, :by, :expires)
            """)
        .param("id", key.id())
        .param("source", key.source())
        .param("name", name)
        .param("sha256", key.sha256())
        .param("at", Timestamp.from(at))
        .param("by", by)
        .param("expires", expiresAt == null ? null : Timestamp.from(expiresAt))
        .update();
  }

  boolean has(String source, String id) {
    return jdbc.sql("select count(*) from write_key where id = :id and source = :source")
            .param("id", id)
            .param("source", source)
            .query(Long.class)
            .single()
        > 0;
  }

  /** The key opens nothing any more. False if it was revoked before, or isn't the source's. */
  boolean revoke(String source, String id, Instant at) {
    return jdbc.sql(
                """
                update write_key set revoked_at = :at
                where id = :id and source = :source and revoked_at is null
                """)
            .param("id", id)
            .param("source", source)
            .param("at", Timestamp.from(at))
            .update()
        > 0;
  }

  /** Every key was used at least as late as given. */
  void used(Map<String, Instant> uses) {
    List<Map.Entry<String, Instant>> all = List.copyOf(uses.entrySet());
    jdbc.sql(
            """
            update write_key k set last_used_at = greatest(k.last_used_at, used.at)
            from (select * from unnest(:ids::text[], :times::timestamptz[]) as u (id, at)
                  order by id) used
            where k.id = used.id
            """)
        .param("ids", all.stream().map(Map.Entry::getKey).toArray(String[]::new))
        .param(
            "times",
            all.stream().map(use -> Timestamp.from(use.getValue())).toArray(Timestamp[]::new))
        .update();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
