package io.rebound.identity.locks;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The devices and persons that nobody else changes until the transaction ends. */
public final class Held {
  private final Set<UUID> devices = new HashSet<>();
  private final Set<UUID> persons = new HashSet<>();

  Held() {}

  /** Goes on only if all these devices are held; otherwise the work begins anew with them. */
  public void requireDevices(Collection<UUID> ids) {
    if (!devices.containsAll(ids)) {
      throw new FurtherRows(ids, List.of());
    }
  }

  /** Goes on only if all these persons are held; otherwise the work begins anew with them. */
  public void requirePersons(Collection<UUID> ids) {
    if (!persons.containsAll(ids)) {
      throw new FurtherRows(List.of(), ids);
    }
  }

  Set<UUID> devices() {
    return devices;
  }

  Set<UUID> persons() {
    return persons;
  }

  void add(FurtherRows further) {
    devices.addAll(further.devices());
    persons.addAll(further.persons());
  }
}
