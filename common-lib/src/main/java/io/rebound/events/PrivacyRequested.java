package io.rebound.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Somebody asked, at identity's door; identity reads it itself. It travels through Kafka so that an
 * identity restored to an earlier moment carries it out again.
 *
 * @param identifiers who it is about: every pseudonym of the one identifier that was named
 */
public record PrivacyRequested(
    UUID requestId, PrivacyType type, List<Identifier> identifiers, Instant at)
    implements PrivacyMessage {
  public PrivacyRequested {
    identifiers = List.copyOf(identifiers);
  }

  @Override
  public String ceType() {
    return "io.rebound.privacy-requested.v1";
  }

  @Override
  public String ceId() {
    return requestId.toString();
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
