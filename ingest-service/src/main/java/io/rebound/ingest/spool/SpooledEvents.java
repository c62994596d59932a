package io.rebound.ingest.spool;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of spooled events and the lease on draining it. */
final class SpooledEvents {
  private final JdbcClient jdbc;

  SpooledEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What lies there. */
  record Size(long events, long bytes, @Nullable Instant oldest) {}

  /** All requests are on disk, in their order. */
  void append(List<Waiting> requests) {
    jdbc.sql(
            """
            insert into spooled_events (events, bytes, messages)
            select events, bytes, messages
            from unnest(:events::int[], :bytes::int[], :messages::bytea[])
              with ordinality as request (events, bytes, messages, place)
            order by place
            """)
        .param("events", requests.stream().map(Waiting::events).toArray(Integer[]::new))
        .param("bytes", requests.stream().map(Waiting::bytes).toArray(Integer[]::new))
        .param("messages", requests.stream().map(Waiting::messages).toArray(byte[][]::new))
        .update();
  }

  boolean isEmpty() {
    return jdbc.sql("select not exists (select from spooled_events)").query(Boolean.class).single();
  }

  /** The oldest requests, up to the first with which they are that large; at most 1000. */
  List<SpooledRequest> oldest(long bytes) {
    return jdbc.sql(
            """
            select id, events, bytes, messages
            from (select *, sum(bytes) over (order by id) - bytes as before
                  from (select id, events, bytes, messages
                        from spooled_events order by id limit 1000) as oldest) as measured
            where before < :bytes
            order by id
            """)
        .param("bytes", bytes)
        .query(SpooledRequest.class)
        .list();
  }

  /** True when this instance may drain, for as long as the lease lasts. */
  boolean claim(UUID instance, Duration lease) {
    return jdbc.sql(
                """
                insert into spool_drainer as drainer (instance, claimed_until)
                values (:instance, now() + make_interval(secs => :seconds))
                on conflict on constraint spool_drainer_one_row do update
                  set instance = excluded.instance, claimed_until = excluded.claimed_until
                  where drainer.instance = excluded.instance or drainer.claimed_until < now()
                """)
            .param("instance", instance)
            .param("seconds", lease.toSeconds())
            .update()
        == 1;
  }

  /**
   * The requests are gone and the lease starts anew. True when it is still this instance's; what
   * Kafka has is deleted in any case.
   */
  boolean forget(List<SpooledRequest> requests, UUID instance, Duration lease) {
    return jdbc.sql(
                """
                with forgotten as (delete from spooled_events where id = any(:ids))
                update spool_drainer set claimed_until = now() + make_interval(secs => :seconds)
                where instance = :instance
                """)
            .param("ids", requests.stream().map(SpooledRequest::id).toArray(Long[]::new))
            .param("instance", instance)
            .param("seconds", lease.toSeconds())
            .update()
        == 1;
  }

  /** Another instance may drain at once. */
  void release(UUID instance) {
    jdbc.sql("delete from spool_drainer where instance = :instance")
        .param("instance", instance)
        .update();
  }

  Size size() {
    return jdbc.sql(
            """
            select coalesce(sum(events), 0) as events,
                   coalesce(sum(bytes), 0) as bytes,
                   (select spooled_at from spooled_events order by id limit 1) as oldest
            from spooled_events
            """)
        .query((row, _) -> {
          Timestamp oldest = row.getTimestamp("oldest");
          return new Size(
              row.getLong("events"),
              row.getLong("bytes"),
              oldest == null ? null : oldest.toInstant());
        })
        .single();
  }
}
