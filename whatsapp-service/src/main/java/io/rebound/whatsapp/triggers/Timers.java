package io.rebound.whatsapp.triggers;

import io.rebound.privacy.ErasedPersons;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** When to look at which event. */
@Repository
public class Timers {
  private final JdbcClient jdbc;
  private final ErasedPersons erased;

  Timers(JdbcClient jdbc, ErasedPersons erased) {
    this.jdbc = jdbc;
    this.erased = erased;
  }

  record Timer(String trigger, String source, String eventId, Instant dueAt) {}

  void set(List<Timer> timers) {
    if (timers.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into timer (trigger, source, event_id, due_at)
            select * from unnest(:triggers::text[], :sources::text[], :eventIds::text[],
              :dueAts::timestamptz[])
            on conflict do nothing
            """)
        .param("triggers", timers.stream().map(Timer::trigger).toArray(String[]::new))
        .param("sources", timers.stream().map(Timer::source).toArray(String[]::new))
        .param("eventIds", timers.stream().map(Timer::eventId).toArray(String[]::new))
        .param(
            "dueAts",
            timers.stream().map(one -> Timestamp.from(one.dueAt())).toArray(Timestamp[]::new))
        .update();
  }

  /**
   * Turns timers that have gone off into messages, where nothing has come since that settles it. A
   * timer that goes off again, because its event was consumed again, finds its message there.
   *
   * @return how many timers went off, at most {@code most}
   */
  @Transactional
  public int goOff(Instant now, int most) {
    erased.besideErasures(); // or it would write of somebody whom it still saw
    return jdbc.sql(
            """
            with off as (
              delete from timer where (event_id, source, trigger) in (
                select event_id, source, trigger from timer where due_at <= :now
                order by due_at limit :most for update skip locked)
              returning trigger, source, event_id),
            waiting as (
              select off.trigger, e.source, e.event_id, e.person_id, e.at, t.event, t.unless
              from off
              join message_trigger t on t.name = off.trigger and t.enabled
              join recent_event e on e.event_id = off.event_id and e.source = off.source),
            same as materialized (
              select * from ids_of_person(array(select person_id from waiting))),
            messages as (
              insert into message (id, trigger, person_id, source, event_id, state, created_at, due_at)
              select encode(sha256(convert_to(
                  w.trigger || '|' || w.source || '|' || w.event_id, 'UTF8')), 'hex'),
                w.trigger, (select survivor from same where person_id = w.person_id limit 1),
                w.source, w.event_id, 'due', :now, :now
              from waiting w
              where not exists (
                select 1 from same s join recent_event l on l.person_id = s.other_id
                where s.person_id = w.person_id and l.at >= w.at
                  and (l.name = any(w.unless)
                    or l.name = w.event
                      and (l.at, l.event_id, l.source) > (w.at, w.event_id, w.source)))
              order by 1
              on conflict (id) do nothing)
            select count(*) from off
            """)
        .param("now", Timestamp.from(now))
        .param("most", most)
        .query(Integer.class)
        .single();
  }

  /**
   * Whose an event is by what was told last; nobody's, if it is no longer kept. Who that person is
   * now is another question.
   */
  public Optional<UUID> whose(String source, String eventId) {
    return jdbc.sql(
            """
            select person_id from recent_event where event_id = :eventId and source = :source
            """)
        .param("eventId", eventId)
        .param("source", source)
        .query(UUID.class)
        .optional();
  }

  /** Whether something that settles it has come since the message was made. */
  public boolean settledMeanwhile(String trigger, String source, String eventId) {
    return jdbc.sql(
            """
            select exists (
              select 1 from recent_event e
              join message_trigger t on t.name = :trigger
              cross join ids_of_person(array[e.person_id]) s
              join recent_event l on l.person_id = s.other_id and l.at >= e.at
                and l.name = any(t.unless)
              where e.event_id = :eventId and e.source = :source)
            """)
        .param("trigger", trigger)
        .param("source", source)
        .param("eventId", eventId)
        .query(Boolean.class)
        .single();
  }
}
