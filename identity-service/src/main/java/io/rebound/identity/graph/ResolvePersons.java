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
  private final ConsentRegistry consents;
  private final Profiles profiles;
  private final MergeAudit mergeAudit;
  private final Counter repeats;
  private final Counter merges;
  private final Counter moves;

  ResolvePersons(
      RecentEvents recentEvents,
      Suppression suppression,
      Locks locks,
      KnownValues knownValues,
      SignIns signIns,
      Persons persons,
      ConsentRegistry consents,
      Profiles profiles,
      MergeAudit mergeAudit,
      MeterRegistry metrics) {
    this.recentEvents = recentEvents;
    this.suppression = suppression;
    this.locks = locks;
    this.knownValues = knownValues;
    this.signIns = signIns;
    this.persons = persons;
    this.consents = consents;
    this.profiles = profiles;
    this.mergeAudit = mergeAudit;
    repeats =
        Counter.builder("rebound_identity_repeats_total")
            .description("Events their client had sent before")
            .register(metrics);
    merges =
        Counter.builder("rebound_identity_merges_total")
            .description("Persons that were absorbed into another")
            .register(metrics);
    moves =
        Counter.builder("rebound_identity_moved_events_total")
            .description("Anonymous events that turned out to be somebody else's")
            .register(metrics);
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
    Known guess = knownValues.of(sightings);
    locks.hold(held, guess.devices(sightings), everybody(sightings, guess));
    // between the look and the lock another thread may have merged or barred what it saw
    Known known = knownValues.of(sightings);
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
      persons.aliases(everybody).forEach(alias -> everybody.add(alias.absorbed()));
    }
    // before the consents: what a visitor stated goes to the owner with the events, and leaves the
    // visitor without a yes
    announcements.moves(onDevices.changed(), owners);
    announcements.consents(revised, allowed);
    events.forEach(event -> announcements.event(event, allowed));
    announcements.profiles(profilesAnew(batch, sightings, linked, owners, allowed));
    announcements.profiles(profilesOfAbsorbed(batch, linked));
    mergeAudit.merged(
        linked.absorptions().stream().map(Absorption::absorbed).toList(),
        linked.absorptions().stream().map(Absorption::survivor).toList());
    merges.increment(linked.absorptions().size());
    moves.increment(onDevices.changed().size());
    return announcements.outgoing();
  }

  private static List<Resolved> resolve(
      List<Sighting> sightings, Devices.Settled onDevices, Linked linked, Owners owners) {
    Map<EventKey, OwnedEvent> owned =
        onDevices.added().stream().collect(toMap(OwnedEvent::key, event -> event));
    return sightings.stream()
        .map(sighting -> {
          OwnedEvent event = owned.get(sighting.key());
          return event == null
              ? new Resolved(sighting, linked.person(sighting), 0)
              : new Resolved(sighting, owners.person(event), event.revision());
        })
        .toList();
  }

  private ConsentRegistry.Settled settleConsents(
      List<Resolved> events, Devices.Settled onDevices, Linked linked, Owners owners) {
    consents.add(events.stream().map(Resolved::sighting).toList());
    Set<UUID> anew =
        events.stream().filter(Resolved::states).map(Resolved::person).collect(toSet());
    onDevices.changed().stream()
        .filter(OwnerChange::stated)
        .forEach(change -> {
          anew.add(owners.person(change.now()));
          anew.add(owners.formerPerson(change));
        });
    Map<UUID, List<UUID>> absorbed = new HashMap<>();
    for (Absorption absorption : linked.absorptions()) {
      anew.add(absorption.survivor());
      absorbed
          .computeIfAbsent(absorption.survivor(), _ -> new ArrayList<>())
          .add(absorption.absorbed());
    }
    Set<UUID> notHeldYet = new HashSet<>(anew);
    notHeldYet.removeAll(linked.everybody());
    persons.hold(notHeldYet);

    Map<UUID, Map<Purpose, Boolean>> assumptions = new HashMap<>();
    events.stream()
        .filter(event -> !event.sighting().anonymous())
        .forEach(event ->
            assumptions.merge(
                event.person(),
                event.sighting().event().consent().assumed(),
                Registered::strictest));
    Set<UUID> present = events.stream().map(Resolved::person).collect(toSet());
    present.addAll(linked.everybody());
    return consents.settle(present, anew, absorbed, assumptions);
  }

  private List<Profile> profilesAnew(
      Batch<TrackedEvent> batch,
      List<Sighting> sightings,
      Linked linked,
      Owners owners,
      ConsentRegistry.Settled allowed) {
    Set<UUID> changed = new HashSet<>(linked.changed());
    changed.addAll(allowed.touched());
    profiles
        .keepEnvelopes(sightings)
        .forEach(identifier -> changed.add(owners.persons().getOrDefault(identifier, identifier)));
    if (batch.repeated()) {
      changed.addAll(linked.everybody());
    }
    changed.retainAll(Set.copyOf(owners.persons().values())); // visitors have none
    return changed.isEmpty() ? List.of() : profiles.anew(changed, batch.time());
  }

  private List<Profile> profilesOfAbsorbed(Batch<TrackedEvent> batch, Linked linked) {
    Map<UUID, UUID> survivors =
        linked.absorptions().stream().collect(toMap(Absorption::absorbed, Absorption::survivor));
    return survivors.isEmpty() ? List.of() : profiles.absorbed(survivors, batch.time());
  }
}
