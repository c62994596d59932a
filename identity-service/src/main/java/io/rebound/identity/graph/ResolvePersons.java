package io.rebound.identity.graph;

import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.devices.Devices;
import io.rebound.identity.devices.Shown;
import io.rebound.identity.devices.SignIns;
import io.rebound.identity.locks.Held;
import io.rebound.identity.locks.Locks;
import io.rebound.identity.sightings.RecentEvents;
import io.rebound.identity.sightings.Sighting;
import io.rebound.identity.sightings.Suppression;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Gives every event its person. What a client sent twice ends here; the rest is linked (persons
 * with a strong identifier in common are one), anonymous events find their device's owner,
 * statements of consent are weighed, and all of it is said to everybody who follows persons.
 *
 * <p>Rows are locked in the order repeats, devices, persons, role addresses, evidence, each in the
 * order of their ids. The devices and persons are locked before anything but repeats is written; if
 * more turn out to be concerned, the batch begins anew with them ({@link Locks}). What is barred
 * from linking is neither locked nor counted, so a value that everybody uses holds nobody up.
 */
@Component
public class ResolvePersons implements BatchHandler<TrackedEvent> {
  private final RecentEvents recentEvents;
  private final Suppression suppression;
  private final Locks locks;
  private final KnownValues knownValues;
  private final SignIns signIns;
  private final Persons persons;
  private final Aliases aliases;
  private final LinkIdentifiers linkIdentifiers;
  private final Devices devices;
  private final TellOfPersons tell;
  private final GraphMeters meters;

  ResolvePersons(
      RecentEvents recentEvents,
      Suppression suppression,
      Locks locks,
      KnownValues knownValues,
      SignIns signIns,
      Persons persons,
      Aliases aliases,
      LinkIdentifiers linkIdentifiers,
      Devices devices,
      TellOfPersons tell,
      GraphMeters meters) {
    this.recentEvents = recentEvents;
    this.suppression = suppression;
    this.locks = locks;
    this.knownValues = knownValues;
    this.signIns = signIns;
    this.persons = persons;
    this.aliases = aliases;
    this.linkIdentifiers = linkIdentifiers;
    this.devices = devices;
    this.tell = tell;
    this.meters = meters;
  }

  @Override
  public Outgoing handle(Batch<TrackedEvent> batch) {
    List<TrackedEvent> unseen = recentEvents.withoutRepeats(batch.values());
    meters.repeats(batch.values().size() - unseen.size());
    List<Sighting> sightings = suppression.sightings(unseen); // who was erased ends here
    if (sightings.isEmpty()) {
      return new Outgoing();
    }
    Told told = locks.holding(held -> resolve(batch, sightings, held));
    meters.told(told);
    return told.outgoing();
  }

  private Told resolve(Batch<TrackedEvent> batch, List<Sighting> sightings, Held held) {
    Known guess = knownValues.guess(sightings);
    Set<UUID> blocked = locks.hold(held, guess.devices(sightings), everybody(sightings, guess));
    // between the look and the lock another thread may have merged or barred what it saw
    Known known = knownValues.certain(sightings, guess, blocked);
    held.requirePersons(known.everybody(sightings));

    Linked linked = linkIdentifiers.link(sightings, known, batch.time(), held);
    Devices.Settled settled =
        devices.settle(
            new Shown(
                linked.sightings(),
                linked.blockedDevices(),
                linked.regrouped().identifiers(),
                List.of(),
                batch.repeated()),
            held);
    return tell.of(batch.time(), batch.repeated(), linked, settled, held);
  }

  /** The batch's persons, and as far as can be told before they are held, its devices' owners. */
  private Set<UUID> everybody(List<Sighting> sightings, Known guess) {
    List<Sighting> usable = guess.usable(sightings);
    Set<UUID> everybody = guess.everybody(sightings);
    List<Sighting> anonymous = usable.stream().filter(Sighting::anonymous).toList();
    everybody.addAll(persons.ofIdentifiers(signIns.owners(anonymous).values()).values());
    anonymous.stream()
        .filter(one -> !one.weak().isEmpty() && !one.event().consent().stated().isEmpty())
        .map(one -> one.devices().getFirst())
        .forEach(device -> everybody.add(guess.visitors().getOrDefault(device, device)));
    boolean links = sightings.stream().anyMatch(one -> guess.isNew(one) && one.strong().size() > 1);
    if (links) { // a merge concerns everybody who was merged before
      everybody.addAll(aliases.ids(everybody));
    }
    return everybody;
  }
}
