package io.rebound.identity.graph;

import java.time.Instant;
import java.util.UUID;

/**
 * Two persons turned out to be one.
 *
 * @param revision of the absorbed person's being an alias
 * @param at when the event that proved it was received
 */
public record Absorption(UUID absorbed, UUID survivor, long revision, Instant at) {}
