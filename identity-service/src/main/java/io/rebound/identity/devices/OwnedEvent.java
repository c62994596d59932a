package io.rebound.identity.devices;

import io.rebound.events.EventKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An anonymous event and whose it is.
 *
 * @param visitor the person it is on its own
 * @param owner the strong identifier of the device's owner; null if nobody signed in there
 */
public record OwnedEvent(EventKey key, UUID visitor, @Nullable UUID owner, long revision) {}
