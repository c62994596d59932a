package io.rebound.identity.privacy;

import io.rebound.events.EventJson;
import io.rebound.events.Sealed;
import io.rebound.privacy.SealedExport;
import io.rebound.problems.PageRequest;
import io.rebound.sealing.Opener;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** What the doors show of requests. */
@Repository
class ShownRequests {
  private final JdbcClient jdbc;
  private final Opener opener;
  private final Clock clock;

  ShownRequests(JdbcClient jdbc, Opener opener, Clock clock) {
    this.jdbc = jdbc;
    this.opener = opener;
    this.clock = clock;
  }

  /** A request and its number in the list. */
  record Numbered(long number, RequestView view) {}

  /** Newest first, without exports. */
  List<Numbered> list(PageRequest page) {
    List<Numbered> found =
        jdbc.sql(
                """
                select * from privacy_request where request_no < :before
                order by request_no desc limit :limit
                """)
            .param("before", page.after() == null ? Long.MAX_VALUE : page.afterNumber())
            .param("limit", page.oneMore())
            .query((row, _) -> new Numbered(row.getLong("request_no"), view(row)))
            .list();
    return withReceipts(found);
  }

  Optional<RequestView> one(UUID requestId) {
    List<Numbered> found =
        jdbc.sql("select * from privacy_request where request_id = :id")
            .param("id", requestId)
            .query((row, _) -> new Numbered(row.getLong("request_no"), view(row)))
            .list();
    return withReceipts(found).stream().map(Numbered::view).findFirst();
  }

  private RequestView view(ResultSet row) throws SQLException {
    Timestamp completed = row.getTimestamp("completed_at");
    Instant due = row.getTimestamp("due_at").toInstant();
    String status =
        completed != null ? "completed" : clock.instant().isAfter(due) ? "overdue" : "pending";
    return new RequestView(
        row.getObject("request_id", UUID.class),
        row.getString("type"),
        status,
        row.getTimestamp("requested_at").toInstant(),
        due,
        completed == null ? null : completed.toInstant(),
        List.of(),
        null);
  }

  private List<Numbered> withReceipts(List<Numbered> requests) {
    Map<UUID, List<RequestView.Receipt>> receipts = new LinkedHashMap<>();
    jdbc.sql(
            """
            select * from privacy_receipt where request_id = any(:ids::uuid[])
            order by at, service
            """)
        .param("ids", requests.stream().map(one -> one.view().requestId()).toArray(UUID[]::new))
        .query(row -> {
          receipts
              .computeIfAbsent(row.getObject("request_id", UUID.class), _ -> new ArrayList<>())
              .add(
                  new RequestView.Receipt(
                      row.getString("service"),
                      row.getTimestamp("at").toInstant(),
                      EventJson.MAPPER.readValue(
                          row.getString("counts"), new TypeReference<Map<String, Long>>() {}),
                      EventJson.MAPPER.readValue(
                          row.getString("ages_out"),
                          new TypeReference<Map<String, Instant>>() {})));
        });
    return requests.stream()
        .map(one ->
            new Numbered(
                one.number(),
                one.view().with(receipts.getOrDefault(one.view().requestId(), List.of()))))
        .toList();
  }

  /** The export of a completed access request, while it is kept. */
  Optional<Export> export(UUID requestId) {
    return jdbc.sql(
            """
            select person_id, completed_at from privacy_request
            where request_id = :id and type = 'access' and completed_at is not null
              and export_deleted_at is null
            """)
        .param("id", requestId)
        .query((row, _) ->
            new Export(
                Export.FORMAT,
                row.getObject("person_id", UUID.class),
                row.getTimestamp("completed_at").toInstant(),
                opened(requestId)))
        .optional();
  }

  private TreeMap<String, JsonNode> opened(UUID requestId) {
    Map<String, List<Sealed>> parts = new LinkedHashMap<>();
    jdbc.sql(
            """
            select service, key, box from privacy_export_part where request_id = :id
            order by service, part
            """)
        .param("id", requestId)
        .query(row -> {
          parts
              .computeIfAbsent(row.getString("service"), _ -> new ArrayList<>())
              .add(new Sealed(row.getString("key"), row.getString("box")));
        });
    var services = new TreeMap<String, JsonNode>();
    parts.forEach((service, sealed) ->
        services.put(service, SealedExport.open(opener, service, requestId, sealed)));
    return services;
  }
}
