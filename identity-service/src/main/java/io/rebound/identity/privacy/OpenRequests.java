package io.rebound.identity.privacy;

import io.rebound.events.EventJson;
import io.rebound.events.PrivacyOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The requests under way: what is still to be done about each. */
@Repository
class OpenRequests {
  private final JdbcClient jdbc;
  private final PrivacyRequestProperties properties;

  OpenRequests(JdbcClient jdbc, PrivacyRequestProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /** Open requests of these partitions about which something is due. */
  List<OpenRequest> due(Set<Integer> owned, Instant now, int most) {
    return jdbc.sql(
            """
            select r.*, not exists (select from outbox o where o.id <= r.outbox_mark) as sent
            from privacy_request r
            where completed_at is null and privacy_order is not null
              and partition_no = any(:owned::int[])
              and (next_order_at <= :now
                or warned_at is null and due_at <= :warn
                or counts is not null and not exists (
                  select from outbox o where o.id <= r.outbox_mark))
            order by next_order_at limit :most
            """)
        .param("owned", owned.toArray(Integer[]::new))
        .param("now", Timestamp.from(now))
        .param("warn", Timestamp.from(now.plus(properties.warnBefore())))
        .param("most", most)
        .query((row, _) -> open(row))
        .list();
  }

  private static OpenRequest open(ResultSet row) throws SQLException {
    String counts = row.getString("counts");
    return new OpenRequest(
        row.getObject("request_id", UUID.class),
        EventJson.MAPPER.readValue(row.getString("privacy_order"), PrivacyOrder.class),
        row.getTimestamp("due_at").toInstant(),
        counts == null
            ? null
            : EventJson.MAPPER.readValue(counts, new TypeReference<Map<String, Long>>() {}),
        row.getBoolean("sent"),
        row.getInt("orders"),
        row.getTimestamp("next_order_at").toInstant(),
        row.getTimestamp("warned_at") != null);
  }

  /** Identity's own receipt is given. */
  void receiptGiven(UUID requestId) {
    jdbc.sql("update privacy_request set counts = null, outbox_mark = null where request_id = :id")
        .param("id", requestId)
        .update();
  }

  void orderedAgain(UUID requestId, Instant now, Duration pause) {
    jdbc.sql(
            """
            update privacy_request set orders = orders + 1, next_order_at = :next
            where request_id = :id
            """)
        .param("id", requestId)
        .param("next", Timestamp.from(now.plus(pause)))
        .update();
  }

  void warned(UUID requestId, Instant now) {
    jdbc.sql("update privacy_request set warned_at = :now where request_id = :id")
        .param("id", requestId)
        .param("now", Timestamp.from(now))
        .update();
  }
}
