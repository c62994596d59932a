package io.rebound.identity.devices;

import io.rebound.events.EventKey;
import io.rebound.identity.sightings.PersonIds;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is kept, and what is known now of whose it is.
 *
 * @param said the person it is held to be by everybody who was told
 * @param wasOwner the strong identifier that decided
 * @param wasVisitor null where it had a usable strong identifier of its own
 * @param wasOn the devices it went by
 * @param representative its own strongest usable identifier now
 * @param devices its usable devices now
 * @param deviceOwner the first of them that has an owner says whom
 */
record Judged(
    long number,
    EventKey key,
    UUID said,
    @Nullable UUID wasOwner,
    @Nullable UUID wasVisitor,
    List<UUID> wasOn,
    boolean states,
    @Nullable UUID representative,
    List<UUID> devices,
    @Nullable UUID deviceOwner) {

  boolean anonymous() {
    return representative == null;
  }

  @Nullable UUID owner() {
    return representative == null ? deviceOwner : representative;
  }

  private boolean onOtherDevices() {
    return anonymous() && !devices.equals(wasOn);
  }

  /** It was a visitor's, and either isn't any more or goes by other devices. */
  boolean leavesVisitor() {
    return wasVisitor != null
        && wasOwner == null
        && !wasOn.isEmpty()
        && (owner() != null || onOtherDevices());
  }

  /** It is a visitor's now in another way than before. */
  boolean joinsVisitor() {
    return owner() == null
        && !devices.isEmpty()
        && (wasOwner != null || wasVisitor == null || onOtherDevices());
  }

  /** Who it is while nobody owns it; null for one that isn't anonymous. */
  @Nullable UUID visitor(Map<UUID, UUID> visitors) {
    if (!anonymous()) {
      return null;
    }
    if (devices.isEmpty()) {
      return PersonIds.of(key);
    }
    UUID first = devices.getFirst();
    UUID same = wasVisitor == null ? first : wasVisitor;
    return owner() != null ? first : joinsVisitor() ? visitors.getOrDefault(first, first) : same;
  }
}
