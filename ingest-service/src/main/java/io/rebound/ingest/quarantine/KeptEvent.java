package io.rebound.ingest.quarantine;

import java.util.UUID;

/**
 * A rejected event as it lies in the quarantine, opened if it can be.
 *
 * @param event without its body and its request where it is locked
 * @param spareId what it goes by if it brings no id
 * @param attempts how often it was replayed in vain
 * @param locked none of the quarantine's keys opens it: its key was dropped, or isn't here yet
 */
public record KeptEvent(long id, RejectedEvent event, UUID spareId, int attempts, boolean locked) {}
