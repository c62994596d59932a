package io.rebound.identity.locks;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Work turned out to concern devices or persons that it doesn't hold. {@link Locks#holding} begins
 * it anew with them.
 */
final class FurtherRows extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Set<UUID> devices;
  private final transient Set<UUID> persons;

  FurtherRows(Collection<UUID> devices, Collection<UUID> persons) {
    super("Work concerns rows that it doesn't hold", null, false, false);
    this.devices = Set.copyOf(devices);
    this.persons = Set.copyOf(persons);
  }

  Set<UUID> devices() {
    return devices;
  }

  Set<UUID> persons() {
    return persons;
  }
}
