package io.rebound.ingest.quarantine;

import io.rebound.problems.Page;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of rejected events. */
@Repository
class RejectedEvents {
  private final JdbcClient jdbc;
  private final QuarantineKey key;

  RejectedEvents(JdbcClient jdbc, QuarantineProperties properties) {
    this.jdbc = jdbc;
    this.key = QuarantineKey.read(properties.quarantineKeyFile());
  }

  /** What the operator sees of one; the body stays closed. */
  record Listed(
      long id,
      String source,
      String door,
      Instant receivedAt,
      String field,
      String reason,
      int bytes) {}

  /** All of them are on disk, their bodies encrypted. */
  void add(List<RejectedEvent> events) {
    jdbc.sql(
            """
            insert into rejected_event (source, door, received_at, field, reason, body, body_bytes)
            select * from unnest(:sources::text[], :doors::text[], :times::timestamptz[],
                                 :fields::text[], :reasons::text[], :bodies::bytea[], :sizes::int[])
            """)
        .param("sources", events.stream().map(RejectedEvent::source).toArray(String[]::new))
        .param("doors", events.stream().map(RejectedEvent::door).toArray(String[]::new))
        .param(
            "times",
            events.stream().map(event -> Timestamp.from(event.receivedAt())).toArray(Timestamp[]::new))
        .param("fields", events.stream().map(RejectedEvent::field).toArray(String[]::new))
        .param("reasons", events.stream().map(RejectedEvent::reason).toArray(String[]::new))
        .param("bodies", events.stream().map(this::closed).toArray(byte[][]::new))
        .param(
            "sizes", events.stream().map(event -> event.body().length).toArray(Integer[]::new))
        .update();
  }

  /** The newest first, below the given id. */
  Page<Listed> list(Optional<Long> after, int limit) {
    List<Listed> found =
        jdbc.sql(
                """
                select id, source, door, received_at, field, reason, body_bytes as bytes
                from rejected_event
                where id < :after
                order by id desc
                limit :limit
                """)
            .param("after", after.orElse(Long.MAX_VALUE))
            .param("limit", limit + 1)
            .query(Listed.class)
            .list();
    boolean more = found.size() > limit;
    List<Listed> page = more ? found.subList(0, limit) : found;
    return new Page<>(page, more ? String.valueOf(page.getLast().id()) : null);
  }

  /** The body of one, opened. */
  Optional<byte[]> body(long id) {
    return jdbc.sql("select source, door, body from rejected_event where id = :id")
        .param("id", id)
        .query(
            (row, _) ->
                key.decrypt(
                    row.getBytes("body"), context(row.getString("source"), row.getString("door"))))
        .optional();
  }

  /** None is left that came before that moment. */
  int forgetBefore(Instant moment) {
    return jdbc.sql("delete from rejected_event where received_at < :moment")
        .param("moment", Timestamp.from(moment))
        .update();
  }

  /** How many there are. */
  long size() {
    return jdbc.sql("select count(*) from rejected_event").query(Long.class).single();
  }

  private byte[] closed(RejectedEvent event) {
    return key.encrypt(event.body(), context(event.source(), event.door()));
  }

  private static String context(String source, String door) {
    return source + "/" + door;
  }
}
