package io.rebound.identity.devices;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.identity.locks.Held;
import io.rebound.identity.sightings.Components;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Who never said who they are: devices that were seen together in events that nobody owns are one
 * visitor, whom the smallest of their ids stands for. A device's row says who its events are.
 */
@Component
class Visitors {
  private static final Logger log = LoggerFactory.getLogger(Visitors.class);

  private final VisitorTable table;
  private final int mostCombinations;
  private final Counter tooLarge;
  private final AtomicBoolean warned = new AtomicBoolean();

  Visitors(VisitorTable table, DeviceProperties properties, MeterRegistry metrics) {
    this.table = table;
    this.mostCombinations = properties.mostOfVisitor();
    tooLarge =
        Counter.builder("rebound_identity_outsize_visitors_total")
            .description("Times that a visitor had too many devices to be joined or split")
            .register(metrics);
  }

  /**
   * Events that aren't a visitor's any more, or not by the same devices.
   *
   * @param visitors whose they were
   */
  record Leaving(Set<Long> numbers, Set<UUID> visitors, Set<UUID> devices) {}

  /**
   * @param byDevice the visitor of each device concerned
   * @param former visitors whose events may be somebody else's now
   */
  record Settled(Map<UUID, UUID> byDevice, Set<UUID> former) {}

  /**
   * Decides anew who visitors are.
   *
   * @param joining the devices of each event that becomes a visitor's
   */
  Settled settle(Collection<List<UUID>> joining, Leaving leaving, Held held) {
    if (joining.isEmpty() && leaving.numbers().isEmpty()) {
      return new Settled(Map.of(), Set.of());
    }
    var concerned = new HashSet<>(leaving.devices());
    joining.forEach(concerned::addAll);
    Map<UUID, UUID> known = table.known(concerned);
    Set<UUID> open =
        new HashSet<>(leaving.visitors()); // to be put together again from their events
    Set<UUID> closed = new HashSet<>(); // too large for that
    while (true) {
      Map<UUID, List<List<UUID>>> stored =
          table.stored(open, leaving.numbers(), mostCombinations + 1);
      stored.forEach((visitor, sets) -> {
        if (sets.size() > mostCombinations) {
          closed.add(visitor);
          warn();
        }
      });
      open.removeAll(closed);
      Components components = components(joining, known, open, closed, stored);
      Set<UUID> further = new HashSet<>();
      known.values().stream()
          .filter(visitor -> !open.contains(visitor) && !closed.contains(visitor))
          .filter(visitor -> components.knows(visitor))
          .filter(visitor -> !components.representative(visitor).equals(visitor))
          .forEach(further::add);
      if (further.isEmpty()) {
        return write(components, joining, known, concerned, open, closed, stored, held);
      }
      open.addAll(further);
    }
  }

  private static Components components(
      Collection<List<UUID>> joining,
      Map<UUID, UUID> known,
      Set<UUID> open,
      Set<UUID> closed,
      Map<UUID, List<List<UUID>>> stored) {
    var components = new Components();
    open.forEach(
        visitor -> stored.getOrDefault(visitor, List.of()).forEach(set -> join(components, set)));
    for (List<UUID> set : joining) {
      boolean touchesClosed = set.stream().map(known::get).anyMatch(closed::contains);
      if (!touchesClosed) {
        join(components, set);
        for (UUID device : set) {
          UUID visitor = known.get(device);
          if (visitor != null && !open.contains(visitor)) {
            components.join(device, visitor); // the smallest of its devices stands for them all
          }
        }
      }
    }
    return components;
  }

  private static void join(Components components, List<UUID> set) {
    set.forEach(device -> components.join(set.getFirst(), device));
  }

  private Settled write(
      Components components,
      Collection<List<UUID>> joining,
      Map<UUID, UUID> known,
      Set<UUID> concerned,
      Set<UUID> open,
      Set<UUID> closed,
      Map<UUID, List<List<UUID>>> stored,
      Held held) {
    Set<UUID> devices = new HashSet<>(concerned);
    open.forEach(visitor -> stored.getOrDefault(visitor, List.of()).forEach(devices::addAll));
    held.requireDevices(devices);
    Map<UUID, UUID> byDevice = new HashMap<>();
    Map<UUID, UUID> gone = new HashMap<>();
    for (UUID device : devices) {
      UUID visitor = known.get(device);
      if (components.knows(device)) {
        byDevice.put(device, components.representative(device));
      } else if (visitor != null && closed.contains(visitor)) {
        byDevice.put(device, visitor);
      } else {
        gone.put(device, device);
      }
    }
    for (List<UUID> set : joining) { // beside a closed one: no further joining
      set.forEach(device -> {
        if (!byDevice.containsKey(device)) {
          byDevice.put(device, known.getOrDefault(device, device));
          gone.remove(device);
        }
      });
    }
    table.label(byDevice, gone.keySet());
    return new Settled(byDevice, open);
  }

  private void warn() {
    tooLarge.increment();
    if (!warned.getAndSet(true)) {
      log.atWarn()
          .addKeyValue("most", mostCombinations)
          .log("A visitor has more combinations of devices than are looked at; it stays as it is");
    }
  }
}
