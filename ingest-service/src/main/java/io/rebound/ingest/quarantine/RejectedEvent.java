package io.rebound.ingest.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event refused for its content.
 *
 * @param field the field at fault, as the client named it
 * @param reason what the field must be
 * @param body as the client sent it, to the byte
 * @param whole the body is that of a request from which no event could be read
 * @param request what else of the request is needed to understand the event later; null if it came
 *     before that was kept
 */
public record RejectedEvent(
    String source,
    String door,
    Instant receivedAt,
    String field,
    String reason,
    byte[] body,
    boolean whole,
    byte @Nullable [] request) {
  /** Never shows the body: it is personal data. */
  @Override
  public String toString() {
    return "RejectedEvent[" + source + ", " + door + ", " + field + "]";
  }
}
