package io.rebound.ingest.quarantine;

import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What an operator sees of the rejected events. Bodies stay closed. */
@Repository
class RejectedEventsView {
  private final JdbcClient jdbc;

  RejectedEventsView(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One of them.
   *
   * @param attempts how often it was replayed in vain, the last time at {@code attemptedAt}
   */
  record Listed(
      long id,
      String source,
      String door,
      Instant receivedAt,
      String field,
      String reason,
      int bytes,
      boolean wholeBody,
      int attempts,
      @Nullable Instant attemptedAt) {}

  /** How many of a door are at fault with a field. */
  record Size(String door, String field, long events) {}

  /** The newest first, below the given id. */
  Page<Listed> list(RejectedFilter filter, PageRequest page) {
    List<Listed> found =
        filter
            .bind(
                jdbc.sql(
                    """
                    select * from rejected_events_matching(:source, :door, :field, :reason, :from, :to)
                    where id < :after
                    order by id desc
                    limit :limit
                    """))
            .param("after", page.after() == null ? Long.MAX_VALUE : page.afterNumber())
            .param("limit", page.oneMore())
            .query((row, _) -> listed(row))
            .list();
    return Page.of(found, page, last -> String.valueOf(last.id()));
  }

  Optional<Listed> find(long id) {
    return jdbc.sql("select * from rejected_event where id = :id")
        .param("id", id)
        .query((row, _) -> listed(row))
        .optional();
  }

  List<Size> sizes() {
    return jdbc.sql("select door, field, count(*) as events from rejected_event group by 1, 2")
        .query((row, _) ->
            new Size(row.getString("door"), row.getString("field"), row.getLong("events")))
        .list();
  }

  private static Listed listed(ResultSet row) throws SQLException {
    Timestamp attempted = row.getTimestamp("attempted_at");
    return new Listed(
        row.getLong("id"),
        row.getString("source"),
        row.getString("door"),
        row.getTimestamp("received_at").toInstant(),
        row.getString("field"),
        row.getString("reason"),
        row.getInt("body_bytes"),
        row.getBoolean("whole_body"),
        row.getInt("attempts"),
        attempted == null ? null : attempted.toInstant());
  }
}
