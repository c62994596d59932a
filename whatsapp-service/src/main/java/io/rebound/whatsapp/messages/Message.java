package io.rebound.whatsapp.messages;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message a trigger made due.
 *
 * @param id derived from the trigger and its event, so that the same event never makes two
 * @param attempts how often Meta was called for it
 * @param source the event's; null if we know of the message only from what we said in Kafka
 */
record Message(
    String id,
    String trigger,
    UUID personId,
    @Nullable String source,
    @Nullable String eventId,
    MessageState state,
    @Nullable String reason,
    int attempts,
    Instant createdAt,
    @Nullable Instant settledAt) {}
