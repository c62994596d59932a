package io.rebound.ingest.quarantine;

import io.rebound.problems.InvalidRequest;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Which rejected events are meant; what is null doesn't matter.
 *
 * @param reason what the reason contains, without regard to case
 * @param from received then or later
 * @param to received before
 */
public record RejectedFilter(
    @Nullable String source,
    @Nullable String door,
    @Nullable String field,
    @Nullable String reason,
    @Nullable Instant from,
    @Nullable Instant to) {
  private static final Set<String> NAMES =
      Set.of("source", "door", "field", "reason", "from", "to");

  /** Throws {@link InvalidRequest} for a name it doesn't know: a typo must not widen a filter. */
  public static RejectedFilter of(Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!NAMES.contains(name)) {
        throw new InvalidRequest(name, "is not something to filter by");
      }
    }
    return new RejectedFilter(
        given.get("source"),
        given.get("door"),
        given.get("field"),
        given.get("reason"),
        time("from", given.get("from")),
        time("to", given.get("to")));
  }

  /** As the parameters of {@code rejected_events_matching}. */
  StatementSpec bind(StatementSpec statement) {
    return statement
        .param("source", source)
        .param("door", door)
        .param("field", field)
        .param("reason", reason)
        .param("from", utc(from), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("to", utc(to), Types.TIMESTAMP_WITH_TIMEZONE);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant time(String name, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidRequest(name, "must be a time such as 2026-11-20T00:00:00Z");
    }
  }
}
