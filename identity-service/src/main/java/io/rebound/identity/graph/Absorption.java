package io.rebound.identity.graph;

import java.time.Instant;
import java.util.UUID;

/**
 * Two persons turned out to be one.
 *
 * @param at when the event that proved it was received
 */
public record Absorption(UUID absorbed, UUID survivor, Instant at) {}
