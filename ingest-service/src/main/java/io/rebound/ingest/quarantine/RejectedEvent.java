package io.rebound.ingest.quarantine;

import java.time.Instant;

/**
 * An event refused for its content.
 *
 * @param field the field at fault, as the client named it
 * @param reason what the field must be
 * @param body as the client sent it, to the byte
 */
public record RejectedEvent(
    String source, String door, Instant receivedAt, String field, String reason, byte[] body) {
  /** Never shows the body: it is personal data. */
  @Override
  public String toString() {
    return "RejectedEvent[" + source + ", " + door + ", " + field + "]";
  }
}
