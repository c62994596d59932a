package io.rebound.ingest.imports;

import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of imports. */
@Repository
class Imports {
  private final JdbcClient jdbc;
  private final ImportErrors errors;

  Imports(JdbcClient jdbc, ImportErrors errors) {
    this.jdbc = jdbc;
    this.errors = errors;
  }

  /**
   * The upload's import is running and this upload's alone: an earlier upload of the same key can't
   * tick off rows any more. One that is done already, or of another kind, comes back as it is.
   */
  Import begin(Upload upload, Instant now) {
    return jdbc.sql(
            """
            insert into import (source, kind, idempotency_key, state, content_length, received_at, updated_at)
            values (:source, :kind, :key, 'running', :length, :now, :now)
            on conflict on constraint import_key do update
              set state = 'running', attempt = import.attempt + 1, stopped_by = null,
                  content_length = excluded.content_length, updated_at = excluded.updated_at
              where import.state <> 'done' and import.kind = excluded.kind
            returning *
            """)
        .param("source", upload.source().id())
        .param("kind", upload.kind().wireName())
        .param("key", upload.key())
        .param("length", upload.contentLength())
        .param("now", Timestamp.from(now))
        .query((row, _) -> of(row))
        .optional()
        .orElseGet(() -> find(upload.source().id(), upload.key()).orElseThrow());
  }

  /** What a source's key stands for; nothing without a key. */
  Optional<Import> find(String source, @Nullable String key) {
    return jdbc.sql("select * from import where source = :source and idempotency_key = :key")
        .param("source", source)
        .param("key", key)
        .query((row, _) -> of(row))
        .optional();
  }

  /**
   * The rows of a batch are ticked off, with those of them at fault; empty, and nothing changed, if
   * another upload has taken the import over.
   *
   * @param errors of the batch, as far as they are to be kept
   * @param digest of all rows so far
   */
  @Transactional
  Optional<Import> tickOff(
      Import current,
      int accepted,
      int rejected,
      List<RowError> errors,
      byte[] digest,
      Instant now) {
    Optional<Import> ticked =
        jdbc.sql(
                """
                update import
                set row_count = row_count + :accepted + :rejected, accepted = accepted + :accepted,
                    rejected = rejected + :rejected, rows_sha256 = :digest, updated_at = :now,
                    head_count = coalesce(head_count, :accepted + :rejected),
                    head_sha256 = coalesce(head_sha256, :digest)
                where id = :id and attempt = :attempt and state = 'running'
                returning *
                """)
            .param("id", current.id())
            .param("attempt", current.attempt())
            .param("accepted", accepted)
            .param("rejected", rejected)
            .param("digest", digest)
            .param("now", Timestamp.from(now))
            .query((row, _) -> of(row))
            .optional();
    if (ticked.isPresent() && !errors.isEmpty()) {
      this.errors.add(current.id(), errors);
    }
    return ticked;
  }

  /** It is done, unless another upload has taken it over. */
  boolean finish(Import current, Instant now) {
    return jdbc.sql(
                """
                update import set state = 'done', updated_at = :now
                where id = :id and attempt = :attempt and state = 'running'
                """)
            .param("id", current.id())
            .param("attempt", current.attempt())
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  /** It stands still until its key comes again; nothing changes if another upload has it. */
  void stop(Import current, String reason, Instant now) {
    jdbc.sql(
            """
            update import set state = 'stopped', stopped_by = :reason, updated_at = :now
            where id = :id and attempt = :attempt and state = 'running'
            """)
        .param("id", current.id())
        .param("attempt", current.attempt())
        .param("reason", reason)
        .param("now", Timestamp.from(now))
        .update();
  }

  Optional<Import> find(long id) {
    return jdbc.sql("select * from import where id = :id")
        .param("id", id)
        .query((row, _) -> of(row))
        .optional();
  }

  /** The newest first, below the given id. */
  Page<Import> list(PageRequest page) {
    List<Import> found =
        jdbc.sql("select * from import where id < :after order by id desc limit :limit")
            .param("after", page.after() == null ? Long.MAX_VALUE : page.afterNumber())
            .param("limit", page.oneMore())
            .query((row, _) -> of(row))
            .list();
    return Page.of(found, page, last -> String.valueOf(last.id()));
  }

  /** Forgets some that nobody has touched since that moment; returns how many. */
  int forgetBefore(Instant moment, int most) {
    return jdbc.sql(
            """
            delete from import where id in (
              select id from import where updated_at < :moment order by updated_at limit :most)
            """)
        .param("moment", Timestamp.from(moment))
        .param("most", most)
        .update();
  }

  private static Import of(ResultSet row) throws SQLException {
    return new Import(
        row.getLong("id"),
        row.getString("source"),
        ImportKind.find(row.getString("kind")).orElseThrow(),
        Import.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("attempt"),
        row.getObject("content_length", Long.class),
        row.getTimestamp("received_at").toInstant(),
        row.getTimestamp("updated_at").toInstant(),
        row.getLong("row_count"),
        row.getLong("accepted"),
        row.getLong("rejected"),
        row.getBytes("rows_sha256"),
        row.getLong("head_count"),
        row.getBytes("head_sha256"),
        row.getString("stopped_by"));
  }
}
