package io.rebound.capisync.disclosures;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Ground;
import io.rebound.audit.Subject;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notes each request that carried persons' data to Meta, whatever Meta made of it, together with
 * its link in the audit: one for each request, however many persons were in it.
 */
@Repository
public class Disclosures {
  static final String EVENTS = "conversion_batch";
  static final String MEMBERS = "audience_batch";

  /** A trace id comes from Meta; one of another form stands with the request alone. */
  private static final Pattern TRACE = Pattern.compile("[A-Za-z0-9._:/,-]{1,200}");

  private final JdbcClient jdbc;
  private final AuditLog audit;

  Disclosures(JdbcClient jdbc, AuditLog audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /**
   * A request to the Conversions API.
   *
   * @param size how many events it held
   * @param outcome the answer's label; {@code unknown} where none came
   * @param code Meta's error code, 0 if none
   */
  public record EventsRequest(
      Instant at,
      String dataset,
      int size,
      String outcome,
      int code,
      int subcode,
      @Nullable String fbtraceId) {}

  /** Returns the request's number, which is to stand with every event it held. */
  @Transactional
  public long ofEvents(EventsRequest request) {
    long batch =
        jdbc.sql(
                """
                insert into conversion_batch (sent_at, size, outcome, code, subcode, fbtrace_id)
                values (:at, :size, :outcome, nullif(:code, 0), nullif(:subcode, 0), :fbtraceId)
                returning id
                """)
            .param("at", Timestamp.from(request.at()))
            .param("size", request.size())
            .param("outcome", request.outcome())
            .param("code", request.code())
            .param("subcode", request.subcode())
            .param("fbtraceId", request.fbtraceId())
            .query(Long.class)
            .single();
    AuditEntry entry =
        AuditEntry.system(
                AuditAction.EVENTS_DISCLOSED,
                Subject.of(EVENTS, Long.toString(batch)),
                Ground.CONSENT)
            .with("dataset", request.dataset())
            .with("events", request.size())
            .with("outcome", request.outcome());
    String trace = request.fbtraceId();
    audit.append(
        trace != null && TRACE.matcher(trace).matches() ? entry.with("fbtrace_id", trace) : entry);
    return batch;
  }

  /** What a request does to an audience. */
  public enum Change {
    /** Persons join. */
    ADDED,
    /** Persons leave, or go by other keys from now on. */
    REMOVED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A request to change a Custom Audience.
   *
   * @param size how many rows of match keys it held
   * @param outcome the answer's label; {@code unknown} where none came
   */
  public record MembersRequest(
      Instant at, String segment, String audienceId, Change change, int size, String outcome) {}

  /** Notes it with the persons whose rows it held. */
  @Transactional
  public void ofMembers(MembersRequest request, Collection<UUID> persons) {
    long batch =
        jdbc.sql(
                """
                with batch as (
                  insert into audience_batch (sent_at, segment, audience_id, change, size, outcome)
                  values (:at, :segment, :audienceId, :change, :size, :outcome)
                  returning id),
                persons as (
                  insert into audience_batch_person (person_id, batch_id)
                  select person_id, id from batch, unnest(:persons::uuid[]) as p (person_id))
                select id from batch
                """)
            .param("at", Timestamp.from(request.at()))
            .param("segment", request.segment())
            .param("audienceId", request.audienceId())
            .param("change", request.change().wireName())
            .param("size", request.size())
            .param("outcome", request.outcome())
            .param("persons", persons.stream().sorted().toArray(UUID[]::new))
            .query(Long.class)
            .single();
    audit.append(
        AuditEntry.system(
                AuditAction.MEMBERS_DISCLOSED,
                Subject.of(MEMBERS, Long.toString(batch)),
                request.change() == Change.ADDED ? Ground.CONSENT : Ground.CORRECTION)
            .with("audience", request.audienceId())
            .with("segment", request.segment())
            .with(request.change().wireName(), persons.size())
            .with("outcome", request.outcome()));
  }

  /** Forgets whose data requests to audiences held before that moment; some at a time. */
  int forgetBefore(Instant moment, int most) {
    return jdbc.sql(
            """
            delete from audience_batch_person where (person_id, batch_id) in (
              select person_id, batch_id from audience_batch_person
              where batch_id <= (select max(id) from audience_batch where sent_at < :moment)
              limit :most)
            """)
        .param("moment", Timestamp.from(moment))
        .param("most", most)
        .update();
  }

  /** Forgets the requests themselves; after {@link #forgetBefore}. */
  void forgetRequestsBefore(Instant moment) {
    jdbc.sql("delete from audience_batch where sent_at < :moment")
        .param("moment", Timestamp.from(moment))
        .update();
  }
}
