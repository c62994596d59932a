package io.rebound.whatsapp.messages;

import io.rebound.problems.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of messages. */
@Repository
class Messages {
  private final JdbcClient jdbc;

  Messages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The message that is due longest, locked until the transaction ends. */
  Optional<Message> nextDue(Instant now) {
    return jdbc.sql(
            """
            select * from message where state = 'due' and due_at <= :now
            order by due_at limit 1 for update skip locked
            """)
        .param("now", Timestamp.from(now))
        .query((row, _) -> message(row))
        .optional();
  }

  /** From here on Meta may have it, and it stays with whom it goes to. */
  void calling(String id, UUID person, Instant now) {
    jdbc.sql(
            """
            update message set state = 'calling', person_id = :person, attempts = attempts + 1,
              called_at = :now
            where id = :id
            """)
        .param("id", id)
        .param("person", person)
        .param("now", Timestamp.from(now))
        .update();
  }

  /**
   * Settles what we called Meta for, or decided not to. A status webhook may have been faster: what
   * it said stays.
   */
  void settle(String id, MessageState state, @Nullable String reason, Instant now) {
    jdbc.sql(
            """
            update message set state = :state, reason = :reason, settled_at = :now
            where id = :id and state in ('due', 'calling')
            """)
        .param("id", id)
        .param("state", state.wireName())
        .param("reason", reason)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** Meta did nothing: it may be tried again at that time. */
  void giveBack(String id, String reason, Instant dueAt) {
    jdbc.sql(
            """
            update message set state = 'due', reason = :reason, due_at = :dueAt
            where id = :id and state in ('due', 'calling')
            """)
        .param("id", id)
        .param("reason", reason)
        .param("dueAt", Timestamp.from(dueAt))
        .update();
  }

  /** What a sender that died had under way: Meta may have it. Returns them. */
  List<Message> giveUpCallsBefore(Instant moment, Instant now) {
    return jdbc.sql(
            """
            update message set state = 'unknown', reason = 'the sender ended during the call',
              settled_at = :now
            where state = 'calling' and called_at < :moment
            returning *
            """)
        .param("moment", Timestamp.from(moment))
        .param("now", Timestamp.from(now))
        .query((row, _) -> message(row))
        .list();
  }

  /**
   * A call that we once said we would make and that this database knows nothing of.
   *
   * @param attempt which call of the message, from 1
   */
  record Foretold(String id, String trigger, UUID personId, int attempt, Instant at) {}

  /** These were called for before the database was restored: never again. */
  void foretold(List<Foretold> calls) {
    jdbc.sql(
            """
            insert into message as m
              (id, trigger, person_id, state, reason, attempts, created_at, due_at, settled_at)
            select id, trigger, person_id, 'unknown', :reason, attempt, at, at, at
            from unnest(:ids::text[], :triggers::text[], :persons::uuid[], :attempts::integer[],
              :ats::timestamptz[]) as c (id, trigger, person_id, attempt, at)
            on conflict (id) do update set state = 'unknown', reason = excluded.reason,
              attempts = excluded.attempts, settled_at = excluded.settled_at
            where m.attempts < excluded.attempts and m.state in ('due', 'calling')
            """)
        .param("reason", "sent or not before the database was restored")
        .param("ids", calls.stream().map(Foretold::id).toArray(String[]::new))
        .param("triggers", calls.stream().map(Foretold::trigger).toArray(String[]::new))
        .param("persons", calls.stream().map(Foretold::personId).toArray(UUID[]::new))
        .param("attempts", calls.stream().map(Foretold::attempt).toArray(Integer[]::new))
        .param("ats", calls.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
        .update();
  }

  /** What WhatsApp says of a message that it calls by our id. */
  record Status(String id, MessageState state, @Nullable String reason, Instant at) {}

  /** Statuses come in any order and more than once: only a later stage changes anything. */
  void heard(Collection<Status> statuses) {
    jdbc.sql(
            """
            update message m set state = s.state, reason = s.reason, settled_at = s.at
            from (
              select distinct on (id) id, state, reason, at, stage from (
                select id, state, reason, at,
                  array_position(array['sent', 'failed', 'delivered', 'read'], state) as stage
                from unnest(:ids::text[], :states::text[], :reasons::text[], :ats::timestamptz[])
                  as u (id, state, reason, at)) staged
              order by id, stage desc) s
            where m.id = s.id and m.id = any(:ids::text[])
              and s.stage > coalesce(
                array_position(array['sent', 'failed', 'delivered', 'read'], m.state), 0)
            """)
        .param("ids", statuses.stream().map(Status::id).toArray(String[]::new))
        .param(
            "states", statuses.stream().map(one -> one.state().wireName()).toArray(String[]::new))
        .param("reasons", statuses.stream().map(Status::reason).toArray(String[]::new))
        .param(
            "ats", statuses.stream().map(one -> Timestamp.from(one.at())).toArray(Timestamp[]::new))
        .update();
  }

  List<Message> list(PageRequest page) {
    return jdbc.sql(
            """
            select * from message where id > coalesce(:after, '') order by id limit :limit
            """)
        .param("after", page.after())
        .param("limit", page.oneMore())
        .query((row, _) -> message(row))
        .list();
  }

  long due() {
    return jdbc.sql("select count(*) from message where state in ('due', 'calling')")
        .query(Long.class)
        .single();
  }

  /** Whether Meta is to be called for it: it may have been erased since it was taken. */
  boolean isCalling(String id) {
    return jdbc.sql("select exists (select from message where id = :id and state = 'calling')")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** Forgets some that were decided on before that moment. */
  int forgetBefore(Instant moment, int most) {
    return jdbc.sql(
            """
            delete from message where id in (
              select id from message where created_at < :moment and state <> 'due'
              order by created_at limit :most)
            """)
        .param("moment", Timestamp.from(moment))
        .param("most", most)
        .update();
  }

  static boolean isTooOld(Message message, Duration freshness, Instant now) {
    return message.createdAt().plus(freshness).isBefore(now);
  }

  private static Message message(ResultSet row) throws SQLException {
    Timestamp settledAt = row.getTimestamp("settled_at");
    return new Message(
        row.getString("id"),
        row.getString("trigger"),
        row.getObject("person_id", UUID.class),
        row.getString("source"),
        row.getString("event_id"),
        MessageState.of(row.getString("state")),
        row.getString("reason"),
        row.getInt("attempts"),
        row.getTimestamp("created_at").toInstant(),
        settledAt == null ? null : settledAt.toInstant());
  }
}
