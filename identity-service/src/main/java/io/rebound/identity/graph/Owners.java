package io.rebound.identity.graph;

import io.rebound.identity.devices.Devices;
import io.rebound.identity.devices.OwnedEvent;
import io.rebound.identity.devices.OwnerChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The persons behind the identifiers that own devices. */
record Owners(Map<UUID, UUID> persons) {

  static Owners of(Linked linked, Map<UUID, UUID> others) {
    var all = new HashMap<>(others);
    all.putAll(linked.persons());
    return new Owners(all);
  }

  /** Identifiers that own something and weren't in the batch. */
  static Set<UUID> outside(Linked linked, Devices.Settled settled) {
    Stream<@Nullable UUID> added = settled.added().stream().map(OwnedEvent::owner);
    Stream<@Nullable UUID> changed =
        settled.changed().stream()
            .flatMap(
                change -> Stream.<@Nullable UUID>of(change.now().owner(), change.formerOwner()));
    var outside = new HashSet<UUID>();
    Stream.concat(added, changed)
        .forEach(identifier -> {
          if (identifier != null && !linked.persons().containsKey(identifier)) {
            outside.add(identifier);
          }
        });
    return outside;
  }

  UUID person(OwnedEvent event) {
    return person(event, event.owner());
  }

  /** Whose the event was before. */
  UUID formerPerson(OwnerChange change) {
    return person(change.now(), change.formerOwner());
  }

  // an identifier that owns a device has been linked before, or with this batch
  private UUID person(OwnedEvent event, @Nullable UUID owner) {
    return owner == null ? event.visitor() : persons.getOrDefault(owner, owner);
  }
}
