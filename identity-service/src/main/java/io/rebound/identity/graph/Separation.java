package io.rebound.identity.graph;

import java.util.UUID;

/**
 * A person who had been absorbed stands alone again, because a link was undone.
 *
 * @param revision of the person's being an alias or not
 */
public record Separation(UUID person, UUID from, long revision) {}
