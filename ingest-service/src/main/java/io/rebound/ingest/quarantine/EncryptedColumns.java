package io.rebound.ingest.quarantine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Closes and opens what must not be readable in a dump, bound to its source and door. */
final class EncryptedColumns {
  private static final byte[] NOTHING = {};

  private final QuarantineKey key;

  EncryptedColumns(QuarantineKey key) {
    this.key = key;
  }

  byte[] body(RejectedEvent event) {
    return key.encrypt(event.body(), context(event.source(), event.door()));
  }

  byte @Nullable [] request(RejectedEvent event) {
    byte[] request = event.request();
    return request == null
        ? null
        : key.encrypt(request, context(event.source(), event.door()) + "/request");
  }

  KeptEvent open(ResultSet row) throws SQLException {
    String source = row.getString("source");
    String door = row.getString("door");
    String context = context(source, door);
    byte[] closed = row.getBytes("request");
    Optional<byte[]> body = key.decrypt(row.getBytes("body"), context);
    Optional<byte[]> request =
        closed == null ? Optional.empty() : key.decrypt(closed, context + "/request");
    var event =
        new RejectedEvent(
            source,
            door,
            row.getTimestamp("received_at").toInstant(),
            row.getString("field"),
            row.getString("reason"),
            body.orElse(NOTHING),
            row.getBoolean("whole_body"),
            request.orElse(null));
    return new KeptEvent(
        row.getLong("id"),
        event,
        row.getObject("spare_id", UUID.class),
        row.getInt("attempts"),
        body.isEmpty() || closed != null && request.isEmpty());
  }

  private static String context(String source, String door) {
    return source + "/" + door;
  }
}
