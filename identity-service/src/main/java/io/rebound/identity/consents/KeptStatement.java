package io.rebound.identity.consents;

import io.rebound.events.Purpose;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one event stated, as it is kept.
 *
 * @param number grows in the order in which identity learned of statements
 * @param at when it was stated
 * @param source whose event it was
 * @param form where it stood in the event; null if nobody noted it
 * @param textVersion this and the next three: what proves it ({@link
 *     io.rebound.events.ConsentProof})
 * @param learnedAt when identity learned of it
 */
public record KeptStatement(
    long number,
    Instant at,
    String source,
    String eventId,
    Map<Purpose, Boolean> consents,
    @Nullable String form,
    @Nullable String textVersion,
    @Nullable String method,
    @Nullable String reference,
    @Nullable String recordedBy,
    Instant learnedAt) {}
