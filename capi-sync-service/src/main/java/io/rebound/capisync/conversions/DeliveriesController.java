package io.rebound.capisync.conversions;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.problems.InvalidRequest;
import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.security.Principal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of an event: {@code GET /v1/deliveries?event_id=…}. */
@RestController
class DeliveriesController {
  private static final int LARGEST_PAGE = 1000;

  private final JdbcClient jdbc;
  private final AuditLog audit;

  DeliveriesController(JdbcClient jdbc, AuditLog audit) {
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /** A request that held the event. */
  record Attempt(
      Instant at,
      String outcome,
      @Nullable Integer code,
      @Nullable Integer subcode,
      @Nullable String fbtraceId) {}

  /** An event on its way to Meta. */
  record Delivery(
      String source,
      String eventId,
      String eventName,
      UUID personId,
      String state,
      @Nullable String reason,
      Instant receivedAt,
      @Nullable Instant settledAt,
      List<Attempt> attempts) {}

  /** Several sources may have given the same id. */
  @GetMapping("/v1/deliveries")
  Page<Delivery> list(
      @RequestParam(name = "event_id", required = false) @Nullable String eventId,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String after,
      Principal caller) {
    if (eventId == null || eventId.isBlank()) {
      throw new InvalidRequest("event_id", "must be given");
    }
    PageRequest page = PageRequest.of(limit, after, LARGEST_PAGE);
    List<Found> found =
        jdbc.sql(
                """
                select * from conversion
                where event_id = :eventId and source > coalesce(:after, '')
                order by source limit :limit
                """)
            .param("eventId", eventId)
            .param("after", page.after())
            .param("limit", page.oneMore())
            .query((row, _) ->
                new Found(
                    new Delivery(
                        row.getString("source"),
                        row.getString("event_id"),
                        row.getString("event_name"),
                        row.getObject("person_id", UUID.class),
                        row.getString("state"),
                        row.getString("reason"),
                        row.getTimestamp("received_at").toInstant(),
                        instant(row.getTimestamp("settled_at")),
                        List.of()),
                    (Long[]) row.getArray("batches").getArray()))
            .list();
    Map<Long, Attempt> attempts = attempts(found);
    Page<Delivery> deliveries =
        Page.of(found.stream().map(one -> one.with(attempts)).toList(), page, Delivery::source);
    audit.append(read(deliveries.data(), caller));
    return deliveries;
  }

  /** Whose data were shown. The event's id is no subject: nobody knows what a client put there. */
  private static AuditEntry[] read(List<Delivery> shown, Principal caller) {
    Stream<Subject> persons =
        shown.stream().map(Delivery::personId).distinct().map(Subject::person);
    return (shown.isEmpty() ? Stream.of(Subject.nobody()) : persons)
        .map(person -> AuditEntry.administration(caller, AuditAction.DELIVERY_READ, person))
        .toArray(AuditEntry[]::new);
  }

  private record Found(Delivery delivery, Long[] batches) {
    Delivery with(Map<Long, Attempt> attempts) {
      var own = new ArrayList<Attempt>();
      for (Long batch : batches) {
        Attempt attempt = attempts.get(batch);
        if (attempt != null) {
          own.add(attempt);
        }
      }
      return new Delivery(
          delivery.source(),
          delivery.eventId(),
          delivery.eventName(),
          delivery.personId(),
          delivery.state(),
          delivery.reason(),
          delivery.receivedAt(),
          delivery.settledAt(),
          own);
    }
  }

  private Map<Long, Attempt> attempts(List<Found> found) {
    var attempts = new HashMap<Long, Attempt>();
    Long[] batches =
        found.stream().flatMap(one -> java.util.Arrays.stream(one.batches())).toArray(Long[]::new);
    if (batches.length == 0) {
      return attempts;
    }
    jdbc.sql("select * from conversion_batch where id = any(:ids::bigint[])")
        .param("ids", batches)
        .query(row -> {
          attempts.put(
              row.getLong("id"),
              new Attempt(
                  row.getTimestamp("sent_at").toInstant(),
                  row.getString("outcome"),
                  row.getObject("code", Integer.class),
                  row.getObject("subcode", Integer.class),
                  row.getString("fbtrace_id")));
        });
    return attempts;
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
