package io.rebound.ingest.quarantine;

import io.rebound.startup.WatchedFiles;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of rejected events. */
@Repository
public class RejectedEvents {
  private final JdbcClient jdbc;
  private final EncryptedColumns columns;
  private final MentionedIdentifiers mentioned;

  RejectedEvents(
      JdbcClient jdbc,
      QuarantineProperties properties,
      MentionedIdentifiers mentioned,
      WatchedFiles files) {
    this.jdbc = jdbc;
    this.mentioned = mentioned;
    this.columns =
        new EncryptedColumns(QuarantineKey.following(properties.quarantineKeyFile(), files));
  }

  /** All of them are on disk, their bodies encrypted, and can be found by whom they mention. */
  public void add(List<RejectedEvent> events) {
    jdbc.sql(
            """
            insert into rejected_event
              (source, door, received_at, field, reason, body, body_bytes, whole_body, request,
               pseudonyms)
            select source, door, received_at, field, reason, body, body_bytes, whole_body, request,
                   string_to_array(mentioned, ' ')
            from unnest(:sources::text[], :doors::text[], :times::timestamptz[],
                        :fields::text[], :reasons::text[], :bodies::bytea[], :sizes::int[],
                        :whole::boolean[], :requests::bytea[], :mentioned::text[])
              as e (source, door, received_at, field, reason, body, body_bytes, whole_body, request,
                    mentioned)
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
        .param("bodies", events.stream().map(columns::body).toArray(byte[][]::new))
        .param("sizes", events.stream().map(event -> event.body().length).toArray(Integer[]::new))
        .param("whole", events.stream().map(RejectedEvent::whole).toArray(Boolean[]::new))
        .param("requests", events.stream().map(columns::request).toArray(byte[][]::new))
        .param(
            "mentioned", // arrays in an array must be of one length
            events.stream()
                .map(event -> String.join(" ", mentioned.of(event)))
                .toArray(String[]::new))
        .update();
  }

  /** How many match. */
  public long count(RejectedFilter filter) {
    return filter
        .bind(
            jdbc.sql(
                """
                select count(*)
                from rejected_events_matching(:source, :door, :field, :reason, :from, :to)
                """))
        .query(Long.class)
        .single();
  }

  /**
   * The next ones that match, oldest first, opened: as many as fit into some megabytes, one at
   * least if there is one.
   */
  public List<KeptEvent> next(RejectedFilter filter, long after, long upTo, int most, long bytes) {
    return filter
        .bind(
            jdbc.sql(
                """
                select * from (
                  select page.*, sum(body_bytes) over (order by id) - body_bytes as bytes_before
                  from (
                    select * from rejected_events_matching(:source, :door, :field, :reason, :from, :to)
                    where id > :after and id <= :up_to
                    order by id
                    limit :most
                  ) page
                ) pages
                where bytes_before < :bytes
                order by id
                """))
        .param("after", after)
        .param("up_to", upTo)
        .param("most", most)
        .param("bytes", bytes)
        .query((row, _) -> columns.open(row))
        .list();
  }

  public Optional<KeptEvent> find(long id) {
    return jdbc.sql("select * from rejected_event where id = :id")
        .param("id", id)
        .query((row, _) -> columns.open(row))
        .optional();
  }

  /** They are gone: somebody else keeps them now. */
  public void remove(List<Long> ids) {
    jdbc.sql("delete from rejected_event where id = any(:ids::bigint[])")
        .param("ids", ids.toArray(Long[]::new))
        .update();
  }

  /**
   * They stay, with the reason they have now.
   *
   * @param reasons field and reason by id
   */
  public void stay(Map<Long, RejectedAgain> reasons, Instant now) {
    jdbc.sql(
            """
            update rejected_event
            set field = again.field, reason = again.reason, attempts = attempts + 1, attempted_at = :now
            from unnest(:ids::bigint[], :fields::text[], :reasons::text[]) as again (id, field, reason)
            where rejected_event.id = again.id
            """)
        .param("now", Timestamp.from(now))
        .param("ids", reasons.keySet().toArray(Long[]::new))
        .param("fields", reasons.values().stream().map(RejectedAgain::field).toArray(String[]::new))
        .param(
            "reasons", reasons.values().stream().map(RejectedAgain::reason).toArray(String[]::new))
        .update();
  }

  /** None is left that came until that moment and mentions one of these. */
  public int erase(Collection<String> pseudonyms, Instant until) {
    return jdbc.sql(
            """
            delete from rejected_event
            where pseudonyms && :pseudonyms::text[] and received_at <= :until
            """)
        .param("pseudonyms", pseudonyms.toArray(String[]::new))
        .param("until", Timestamp.from(until))
        .update();
  }

  /** All that came until that moment and mention one of these, opened; the newest first. */
  public List<KeptEvent> mentioning(Collection<String> pseudonyms, Instant until, int most) {
    return jdbc.sql(
            """
            select * from rejected_event
            where pseudonyms && :pseudonyms::text[] and received_at <= :until
            order by id desc limit :most
            """)
        .param("pseudonyms", pseudonyms.toArray(String[]::new))
        .param("until", Timestamp.from(until))
        .param("most", most)
        .query((row, _) -> columns.open(row))
        .list();
  }

  /** Forgets some that came before that moment; returns how many. */
  int forgetBefore(Instant moment, int most) {
    return jdbc.sql(
            """
            delete from rejected_event where id in (
              select id from rejected_event where received_at < :moment
              order by received_at limit :most)
            """)
        .param("moment", Timestamp.from(moment))
        .param("most", most)
        .update();
  }
}
