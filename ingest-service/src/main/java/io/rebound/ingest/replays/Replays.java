package io.rebound.ingest.replays;

import io.rebound.ingest.quarantine.RejectedFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of replays. */
@Repository
class Replays {
  private static final Duration KEPT = Duration.ofDays(90);
  private final JdbcClient jdbc;

  Replays(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A replay of what matches now waits to be worked on; those long done are forgotten. */
  Replay start(RejectedFilter filter, long matching, Instant now) {
    jdbc.sql("delete from replay where state = 'done' and updated_at < :moment")
        .param("moment", Timestamp.from(now.minus(KEPT)))
        .update();
    return jdbc.sql(
            """
            insert into replay (source, door, field, reason, since, before, upto_id, matching,
                                claimed_until, started_at, updated_at)
            values (:source, :door, :field, :reason, :since, :before,
                    coalesce((select max(id) from rejected_event), 0), :matching, :now, :now, :now)
            returning *
            """)
        .param("source", filter.source())
        .param("door", filter.door())
        .param("field", filter.field())
        .param("reason", filter.reason())
        .param("since", utc(filter.from()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("before", utc(filter.to()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("matching", matching)
        .param("now", Timestamp.from(now))
        .query((row, _) -> of(row))
        .single();
  }

  /** One that nobody works on is the caller's until that moment. */
  Optional<Replay> claim(Instant now, Instant until) {
    return jdbc.sql(
            """
            update replay set epoch = epoch + 1, claimed_until = :until
            where id = (
              select id from replay
              where state = 'running' and claimed_until <= :now
              order by id
              limit 1
              for update skip locked -- another instance claims it right now
            )
            returning *
            """)
        .param("now", Timestamp.from(now))
        .param("until", Timestamp.from(until))
        .query((row, _) -> of(row))
        .optional();
  }

  /** A batch is settled and the claim goes on; empty if the claim has passed to somebody else. */
  Optional<Replay> advance(
      Replay replay, long lastId, int accepted, int stillRejected, Instant now, Instant until) {
    return jdbc.sql(
            """
            update replay
            set last_id = :last, accepted = accepted + :accepted,
                still_rejected = still_rejected + :rejected, updated_at = :now, claimed_until = :until
            where id = :id and epoch = :epoch and state = 'running'
            returning *
            """)
        .param("id", replay.id())
        .param("epoch", replay.epoch())
        .param("last", lastId)
        .param("accepted", accepted)
        .param("rejected", stillRejected)
        .param("now", Timestamp.from(now))
        .param("until", Timestamp.from(until))
        .query((row, _) -> of(row))
        .optional();
  }

  /** Anybody may claim it from that moment on. */
  void release(Replay replay, Instant from) {
    jdbc.sql("update replay set claimed_until = :from where id = :id and epoch = :epoch")
        .param("id", replay.id())
        .param("epoch", replay.epoch())
        .param("from", Timestamp.from(from))
        .update();
  }

  /** Nothing of it is left to try. */
  void finish(Replay replay, Instant now) {
    jdbc.sql(
            """
            update replay set state = 'done', updated_at = :now
            where id = :id and epoch = :epoch
            """)
        .param("id", replay.id())
        .param("epoch", replay.epoch())
        .param("now", Timestamp.from(now))
        .update();
  }

  Optional<Replay> find(long id) {
    return jdbc.sql("select * from replay where id = :id")
        .param("id", id)
        .query((row, _) -> of(row))
        .optional();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  private static Replay of(ResultSet row) throws SQLException {
    var filter =
        new RejectedFilter(
            row.getString("source"),
            row.getString("door"),
            row.getString("field"),
            row.getString("reason"),
            instant(row.getTimestamp("since")),
            instant(row.getTimestamp("before")));
    return new Replay(
        row.getLong("id"),
        filter,
        row.getString("state").equals("done"),
        row.getInt("epoch"),
        row.getLong("last_id"),
        row.getLong("upto_id"),
        row.getLong("matching"),
        row.getLong("accepted"),
        row.getLong("still_rejected"),
        row.getTimestamp("started_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }
}
