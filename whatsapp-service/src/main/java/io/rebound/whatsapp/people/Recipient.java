package io.rebound.whatsapp.people;

import io.rebound.events.SealedWithEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as somebody to write to.
 *
 * @param survivor who they are after all merges
 * @param allowsMessages by the newest statement, of everybody who goes by the survivor; nothing
 *     known allows nothing
 * @param consentRevision of that statement
 * @param contact how to reach them, sealed; null if no event ever brought it
 */
public record Recipient(
    UUID survivor,
    boolean allowsMessages,
    long consentRevision,
    @Nullable SealedWithEvent contact) {}
