package io.rebound.ingest.quarantine;

import java.util.UUID;

/**
 * A rejected event as it lies in the quarantine, opened.
 *
 * @param spareId what it goes by if it brings no id
 * @param attempts how often it was replayed in vain
 */
public record KeptEvent(long id, RejectedEvent event, UUID spareId, int attempts) {}
