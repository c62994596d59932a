package io.rebound.events;

import java.time.Instant;
import java.util.UUID;

/**
 * WhatsApp has no idempotency key, so whatsapp says in Kafka what it is about to send before it
 * calls Meta. A restored database reads its own intents back first, and never sends one of them
 * again.
 *
 * @param intentId derived from what triggered the message, so that the same trigger gives the same
 */
public record MessageIntent(String intentId, UUID personId, String trigger, Instant at)
    implements Message {
  @Override
  public String ceType() {
    return "io.rebound.message-intent.v1";
  }

  @Override
  public String ceId() {
    return intentId;
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
