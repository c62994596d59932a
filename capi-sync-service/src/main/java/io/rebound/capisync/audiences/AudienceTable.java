package io.rebound.capisync.audiences;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of audiences, each with one writer at a time. */
@Repository
class AudienceTable {
  private final JdbcClient jdbc;

  AudienceTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** An audience that a writer has to itself; {@code id} is null until Meta has it. */
  record Claimed(String segment, @Nullable String id, int failures) {}

  /** Takes an audience with something to do, if there is one that nobody else has. */
  Optional<Claimed> claim(String claim, Duration lease, Instant now) {
    return jdbc.sql(
            """
            update audience set claim = :claim, claimed_until = :until
            where segment = (
              select a.segment from audience a
              where a.due_at <= :now and (a.claimed_until is null or a.claimed_until < :now)
                and exists (select from audience_member m
                            where m.segment = a.segment and m.due_at <= now())
              order by a.last_sync_at nulls first limit 1
              for update skip locked)
            returning segment, audience_id, failures
            """)
        .param("claim", claim)
        .param("until", Timestamp.from(now.plus(lease)))
        .param("now", Timestamp.from(now))
        .query((row, _) ->
            new Claimed(
                row.getString("segment"), row.getString("audience_id"), row.getInt("failures")))
        .optional();
  }

  /** Keeps the claim for longer; false if somebody else has it by now. */
  boolean extend(String segment, String claim, Instant until) {
    return jdbc.sql(
                """
                update audience set claimed_until = :until where segment = :segment and claim = :claim
                """)
            .param("until", Timestamp.from(until))
            .param("segment", segment)
            .param("claim", claim)
            .update()
        == 1;
  }

  void created(String segment, String audienceId) {
    jdbc.sql("update audience set audience_id = :id where segment = :segment")
        .param("id", audienceId)
        .param("segment", segment)
        .update();
  }

  void done(String segment, String claim, Instant now) {
    jdbc.sql(
            """
            update audience set claim = null, claimed_until = null, failures = 0,
              last_failure = null, last_sync_at = :now
            where segment = :segment and claim = :claim
            """)
        .param("segment", segment)
        .param("claim", claim)
        .param("now", Timestamp.from(now))
        .update();
  }

  void failed(String segment, String claim, String reason, Instant dueAt) {
    jdbc.sql(
            """
            update audience set claim = null, claimed_until = null, failures = failures + 1,
              last_failure = :reason, due_at = :dueAt
            where segment = :segment and claim = :claim
            """)
        .param("segment", segment)
        .param("claim", claim)
        .param("reason", reason)
        .param("dueAt", Timestamp.from(dueAt))
        .update();
  }

  /** It waits for a person, or for Meta as a whole: that isn't its failure. */
  void waits(String segment, String claim, String reason, Instant dueAt) {
    jdbc.sql(
            """
            update audience set claim = null, claimed_until = null, last_failure = :reason,
              due_at = :dueAt
            where segment = :segment and claim = :claim
            """)
        .param("segment", segment)
        .param("claim", claim)
        .param("reason", reason)
        .param("dueAt", Timestamp.from(dueAt))
        .update();
  }

  /**
   * An audience as operators see it.
   *
   * @param members who Meta was told belongs there
   * @param pending whose state at Meta may have to change yet
   */
  record Shown(
      String segment,
      @Nullable String audienceId,
      long members,
      long pending,
      @Nullable Instant lastSync,
      @Nullable String lastFailure) {}

  List<Shown> list(@Nullable String after, int limit) {
    return jdbc.sql(
            """
            select a.*, m.members, m.pending
            from (select * from audience where segment > coalesce(:after, '')
                  order by segment limit :limit) a
            cross join lateral (
              select count(*) filter (where sent_keys is not null and not telling) as members,
                     count(*) filter (where due_at is not null) as pending
              from audience_member where segment = a.segment) m
            order by a.segment
            """)
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> {
          Timestamp synced = row.getTimestamp("last_sync_at");
          return new Shown(
              row.getString("segment"),
              row.getString("audience_id"),
              row.getLong("members"),
              row.getLong("pending"),
              synced == null ? null : synced.toInstant(),
              row.getString("last_failure"));
        })
        .list();
  }
}
