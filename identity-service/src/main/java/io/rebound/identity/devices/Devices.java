package io.rebound.identity.devices;

import io.rebound.events.EventKey;
import io.rebound.identity.locks.Held;
import io.rebound.identity.sightings.PersonIds;
import io.rebound.identity.sightings.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whose events are. An event with a usable strong identifier is its person's. A sign-in makes that
 * person the device's owner from its own time on, until somebody else's; before the first sign-in
 * the device was its person's for a while as well. What nobody owns is a visitor's, and what hasn't
 * even a usable device is nobody's: a person of this event alone. What arrives late changes who the
 * events in between belong to. It joins no persons.
 */
@Component
public class Devices {
  private final SignIns signIns;
  private final EventTable events;
  private final EventChanges changes;
  private final Visitors visitors;
  private final EventProperties properties;

  Devices(
      SignIns signIns,
      EventTable events,
      EventChanges changes,
      Visitors visitors,
      EventProperties properties) {
    this.signIns = signIns;
    this.events = events;
    this.changes = changes;
    this.visitors = visitors;
    this.properties = properties;
  }

  /**
   * What became of the events.
   *
   * @param more whether others wait to be looked at again
   */
  public record Settled(List<OwnedEvent> added, List<OwnerChange> changed, boolean more) {}

  /**
   * Takes events in and judges those again that may be somebody else's now. The caller holds the
   * devices and persons of the new events; whoever else turns out to be concerned is asked for.
   */
  public Settled settle(Shown shown, Held held) {
    signIns.add(shown.sightings());
    Map<EventKey, UUID> deviceOwners =
        signIns.owners(shown.sightings().stream().filter(Sighting::anonymous).toList());
    Set<Long> doubtful = new TreeSet<>(shown.due());
    doubtful.addAll(signIns.touching(shown.sightings()));
    doubtful.addAll(events.onDevices(shown.blocked()));
    doubtful.addAll(events.misattributed(shown.identifiers()));
    List<Long> now = doubtful.stream().limit(properties.atOnce()).toList();
    List<Long> later = doubtful.stream().skip(properties.atOnce()).toList();
    if (!later.isEmpty()) {
      changes.later(later);
    }
    List<Judged> judged = now.isEmpty() ? List.of() : events.judge(now);
    requireDevices(judged, held);
    Map<UUID, UUID> persons = persons(shown.sightings(), deviceOwners, judged, held);
    Visitors.Settled settled =
        visitors.settle(joining(shown.sightings(), deviceOwners, judged), leaving(judged), held);

    List<EventChanges.Change> changed =
        judged.stream()
            .map(one -> change(one, persons, settled.byDevice()))
            .filter(change -> change.moves() || !sameAsBefore(change))
            .toList();
    List<OwnerChange> moved = new ArrayList<>();
    if (!changed.isEmpty()) {
      moved.addAll(changes.write(changed));
    }
    if (!settled.former().isEmpty()) {
      moved.addAll(changes.relabel(settled.former(), settled.byDevice()));
    }
    List<EventTable.Row> rows =
        shown.sightings().stream()
            .map(one -> row(one, deviceOwners.get(one.key()), persons, settled.byDevice()))
            .toList();
    List<OwnedEvent> added = rows.isEmpty() ? List.of() : events.add(rows, shown.repeated());
    return new Settled(added, moved, !later.isEmpty());
  }

  /** Events whose turn it is to be looked at again. */
  public List<Long> due() {
    return changes.due(properties.atOnce());
  }

  // an event of several devices is judged by all of them, so none of them may change meanwhile
  private static void requireDevices(List<Judged> judged, Held held) {
    var devices = new HashSet<UUID>();
    judged.stream()
        .filter(Judged::anonymous)
        .forEach(one -> {
          devices.addAll(one.devices());
          devices.addAll(one.wasOn());
        });
    held.requireDevices(devices);
  }

  private Map<UUID, UUID> persons(
      List<Sighting> sightings, Map<EventKey, UUID> deviceOwners, List<Judged> judged, Held held) {
    Set<UUID> owners = new HashSet<>(deviceOwners.values());
    sightings.stream()
        .filter(one -> !one.anonymous())
        .forEach(one -> owners.add(one.representative()));
    judged.forEach(one -> {
      UUID owner = one.owner();
      if (owner != null) {
        owners.add(owner);
      }
    });
    Map<UUID, UUID> persons = events.persons(owners);
    held.requirePersons(persons.values());
    return persons;
  }

  private static List<List<UUID>> joining(
      List<Sighting> sightings, Map<EventKey, UUID> deviceOwners, List<Judged> judged) {
    var joining = new HashSet<List<UUID>>();
    sightings.stream()
        .filter(one -> one.anonymous() && !one.weak().isEmpty())
        .filter(one -> !deviceOwners.containsKey(one.key()))
        .forEach(one -> joining.add(one.devices()));
    judged.stream().filter(Judged::joinsVisitor).forEach(one -> joining.add(one.devices()));
    return List.copyOf(joining);
  }

  private static Visitors.Leaving leaving(List<Judged> judged) {
    List<Judged> leaving = judged.stream().filter(Judged::leavesVisitor).toList();
    Set<Long> numbers = new HashSet<>();
    Set<UUID> former = new HashSet<>();
    Set<UUID> devices = new HashSet<>();
    for (Judged one : leaving) {
      numbers.add(one.number());
      former.add(Objects.requireNonNull(one.wasVisitor()));
      devices.addAll(one.wasOn());
    }
    return new Visitors.Leaving(numbers, former, devices);
  }

  private static EventChanges.Change change(
      Judged event, Map<UUID, UUID> persons, Map<UUID, UUID> byDevice) {
    UUID visitor = event.visitor(byDevice);
    return new EventChanges.Change(event, visitor, person(event.owner(), visitor, persons));
  }

  private static boolean sameAsBefore(EventChanges.Change change) {
    Judged event = change.event();
    return Objects.equals(event.owner(), event.wasOwner())
        && (event.wasVisitor() == null) == (change.visitor() == null)
        && (change.visitor() == null || event.devices().equals(event.wasOn()));
  }

  private static EventTable.Row row(
      Sighting sighting,
      @Nullable UUID deviceOwner,
      Map<UUID, UUID> persons,
      Map<UUID, UUID> byDevice) {
    UUID owner = sighting.anonymous() ? deviceOwner : sighting.representative();
    UUID visitor = sighting.anonymous() ? visitor(sighting, byDevice) : null;
    return new EventTable.Row(sighting, owner, visitor, person(owner, visitor, persons));
  }

  private static UUID visitor(Sighting sighting, Map<UUID, UUID> byDevice) {
    Collection<UUID> devices = sighting.weak().keySet();
    if (devices.isEmpty()) {
      return PersonIds.of(sighting.key());
    }
    UUID first = devices.iterator().next();
    return byDevice.getOrDefault(first, first);
  }

  private static UUID person(
      @Nullable UUID owner, @Nullable UUID visitor, Map<UUID, UUID> persons) {
    return owner == null
        ? Objects.requireNonNull(visitor)
        : Objects.requireNonNull(persons.get(owner));
  }
}
