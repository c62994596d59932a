package io.rebound.identity.privacy;

import io.rebound.consumption.Partitions;
import io.rebound.events.EventJson;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyRequested;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Requests from their arrival to the last receipt. */
@Repository
class PrivacyRequests {
  /** Identity itself, among those who give receipts. */
  static final String IDENTITY = "identity";

  private final JdbcClient jdbc;
  private final Partitions partitions;
  private final PrivacyRequestProperties properties;

  PrivacyRequests(JdbcClient jdbc, Partitions partitions, PrivacyRequestProperties properties) {
    this.jdbc = jdbc;
    this.partitions = partitions;
    this.properties = properties;
  }

  /** Kafka has the request: from now on it can be asked about. */
  void received(PrivacyRequested request) {
    jdbc.sql(
            """
            insert into privacy_request (request_id, partition_no, type, requested_at, due_at)
            values (:id, :partition, :type, :at, :due)
            on conflict (request_id) do nothing
            """)
        .params(parameters(request))
        .update();
  }

  /** Whether it is to be carried out now; false if it has been. */
  boolean begin(PrivacyRequested request, Instant now) {
    return jdbc.sql(
            """
            insert into privacy_request as r
              (request_id, partition_no, type, requested_at, due_at, carried_out_at)
            values (:id, :partition, :type, :at, :due, :now)
            on conflict (request_id) do update set carried_out_at = excluded.carried_out_at
            where r.carried_out_at is null
            returning request_id
            """)
        .params(parameters(request))
        .param("now", Timestamp.from(now))
        .query(UUID.class)
        .optional()
        .isPresent();
  }

  private Map<String, Object> parameters(PrivacyRequested request) {
    return Map.of(
        "id", request.requestId(),
        "partition", partitions.of(request.requestId()),
        "type", request.type().wireName(),
        "at", Timestamp.from(request.at()),
        "due", Timestamp.from(request.at().plus(properties.deadline())));
  }

  /** What was erased here; the receipt follows once all that identity had to send is sent. */
  void erased(PrivacyOrder order, Map<String, Long> counts, Instant now) {
    jdbc.sql(
            """
            update privacy_request
            set privacy_order = :order::jsonb, counts = :counts::jsonb, orders = 1,
              next_order_at = :next,
              outbox_mark = (select coalesce(max(id), 0) from outbox)
            where request_id = :id
            """)
        .param("id", order.requestId())
        .param("order", EventJson.MAPPER.writeValueAsString(order))
        .param("counts", EventJson.MAPPER.writeValueAsString(counts))
        .param("next", Timestamp.from(now.plus(properties.repeatAfter())))
        .update();
  }

  /** Whose export is being collected. */
  void collecting(PrivacyOrder order, UUID person, Instant now) {
    jdbc.sql(
            """
            update privacy_request
            set privacy_order = :order::jsonb, person_id = :person, orders = 1, next_order_at = :next
            where request_id = :id
            """)
        .param("id", order.requestId())
        .param("order", EventJson.MAPPER.writeValueAsString(order))
        .param("person", person)
        .param("next", Timestamp.from(now.plus(properties.repeatAfter())))
        .update();
  }

  /**
   * Ends those of these partitions that every service has answered. From then on nothing here says
   * whom an erasure was about.
   */
  void completeAnswered(Set<Integer> owned, Instant now) {
    jdbc.sql(
            """
            update privacy_request r set completed_at = :now, privacy_order = null
            where completed_at is null and carried_out_at is not null
              and partition_no = any(:owned::int[])
              and not exists (
                select from unnest(:services::text[]) as s (service)
                where not exists (
                  select from privacy_receipt g
                  where g.request_id = r.request_id and g.service = s.service))
            """)
        .param("owned", owned.toArray(Integer[]::new))
        .param("now", Timestamp.from(now))
        .param(
            "services",
            Stream.concat(Stream.of(IDENTITY), properties.services().stream())
                .toArray(String[]::new))
        .update();
  }
}
