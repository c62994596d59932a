package io.rebound.identity.exports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Subject;
import io.rebound.events.EventJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /v1/exports/events}: whose every event is that is still known, one JSON object a line,
 * all of one moment. The person is null where nobody can be found. Read by a cursor, so it takes no
 * memory however long it is; it holds one connection to the database meanwhile.
 */
@RestController
class EventsExportController {
  private static final int ROWS_AT_ONCE = 1000;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate snapshot;
  private final AuditLog audit;

  EventsExportController(
      DataSource dataSource, PlatformTransactionManager transactions, AuditLog audit) {
    jdbc = new JdbcTemplate(dataSource);
    jdbc.setFetchSize(ROWS_AT_ONCE); // only within a transaction PostgreSQL sends rows bit by bit
    snapshot = new TransactionTemplate(transactions);
    snapshot.setReadOnly(true);
    this.audit = audit;
  }

  /** A line. */
  record Line(String source, String eventId, Instant at, @JsonInclude @Nullable UUID personId) {}

  // written by the request's own thread, a virtual one: an asynchronous answer would pass the
  // filters
  // of security a second time, without its key
  @GetMapping(value = "/v1/exports/events", produces = "application/x-ndjson")
  void events(Principal caller, HttpServletResponse response) throws IOException {
    audit.append(
        AuditEntry.administration(caller, AuditAction.PERSONS_LISTED, Subject.all("event")));
    response.setContentType("application/x-ndjson");
    var writer =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    try {
      snapshot.executeWithoutResult(_ -> write(writer));
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
    writer.flush();
  }

  private void write(Writer writer) {
    jdbc.query(
        """
        select e.source, e.event_id, e.at,
          coalesce(i.person_id, case when cardinality(e.devices) > 0 then e.visitor_id end) as person_id
        from event e left join identifier i on i.identifier_id = e.owner_id
        """,
        row -> {
          line(writer, row);
        });
  }

  private static void line(Writer writer, ResultSet row) throws SQLException {
    var line =
        new Line(
            row.getString("source"),
            row.getString("event_id"),
            row.getTimestamp("at").toInstant(),
            row.getObject("person_id", UUID.class));
    try {
      writer.write(EventJson.MAPPER.writeValueAsString(line));
      writer.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
