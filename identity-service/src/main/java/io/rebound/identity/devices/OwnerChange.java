package io.rebound.identity.devices;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An anonymous event has another owner than was said before.
 *
 * @param now the event with its owner of now
 * @param formerOwner null if it was the visitor's
 * @param stated whether the event says something about consent
 */
public record OwnerChange(OwnedEvent now, @Nullable UUID formerOwner, boolean stated) {}
