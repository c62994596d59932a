package io.rebound.ingest.quarantine;

import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
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
            events.stream()
                .map(event -> Timestamp.from(event.receivedAt()))
                .toArray(Timestamp[]::new))
        .param("fields", events.stream().map(RejectedEvent::field).toArray(String[]::new))
        .param("reasons", events.stream().map(RejectedEvent::reason).toArray(String[]::new))
        .param("bodies", events.stream().map(this::closed).toArray(byte[][]::new))
        .param("sizes", events.stream().map(event -> event.body().length).toArray(Integer[]::new))
        .update();
  }

  /** The newest first, below the given id. */
  Page<Listed> list(PageRequest page) {
    List<Listed> found =
        jdbc.sql(
                """
                select id, source, door, received_at, field, reason, body_bytes as bytes
                from rejected_event
                where id < :after
                order by id desc
                limit :limit
                """)
            .param("after", page.after() == null ? Long.MAX_VALUE : page.afterNumber())
            .param("limit", page.oneMore())
            .query((row, _) ->
                new Listed(
                    row.getLong("id"),
                    row.getString("source"),
                    row.getString("door"),
                    row.getTimestamp("received_at").toInstant(),
                    row.getString("field"),
                    row.getString("reason"),
                    row.getInt("bytes")))
            .list();
    return Page.of(found, page, last -> String.valueOf(last.id()));
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
