package io.rebound.identity.devices;

import io.rebound.events.EventKey;
import java.util.UUID;

/**
 * An event is somebody else's than was said before.
 *
 * @param stated whether the event says something about consent
 */
public record OwnerChange(EventKey key, UUID from, UUID to, long revision, boolean stated) {}
