package io.rebound.identity.devices;

import io.rebound.events.EventKey;
import java.util.UUID;

/**
 * An event and whose it is.
 *
 * @param revision 0 where a strong identifier of its own says so
 */
public record OwnedEvent(EventKey key, UUID person, long revision) {}
