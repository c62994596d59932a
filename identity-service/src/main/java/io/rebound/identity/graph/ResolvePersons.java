package io.rebound.identity.graph;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.Outgoing;
import io.rebound.events.EventKey;
import io.rebound.events.Profile;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.consents.ConsentRegistry;
import io.rebound.identity.consents.Registered;
import io.rebound.identity.devices.Devices;
import io.rebound.identity.devices.OwnedEvent;
import io.rebound.identity.devices.OwnerChange;
import io.rebound.identity.profiles.Profiles;
import io.rebound.identity.sightings.RecentEvents;
import io.rebound.identity.sightings.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Gives every event its person. What a client sent twice ends here; the rest is linked (persons
 * with a strong identifier in common are one), anonymous events find their device's owner,
 * statements of consent are weighed, and all of it is said to everybody who follows persons.
 *
 * <p>Rows are locked in the order devices, persons; among themselves in the order of their ids.
 */
@Component
public class ResolvePersons implements BatchHandler<TrackedEvent> {
  private final RecentEvents recentEvents;
  private final Devices devices;
  private final LinkIdentifiers linkIdentifiers;
  private final Persons persons;
  private final ConsentRegistry consents;
  private final Profiles profiles;
  private final Counter repeats;
  private final Counter merges;
  private final Counter moves;

  ResolvePersons(
      RecentEvents recentEvents,
      Devices devices,
      LinkIdentifiers linkIdentifiers,
      Persons persons,
      ConsentRegistry consents,
      Profiles profiles,
      MeterRegistry metrics) {
    this.recentEvents = recentEvents;
    this.devices = devices;
    this.linkIdentifiers = linkIdentifiers;
    this.persons = persons;
    this.consents = consents;
    this.profiles = profiles;
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
    List<Sighting> sightings =
        recentEvents.withoutRepeats(batch.values()).stream().map(Sighting::of).toList();
    repeats.increment(batch.values().size() - sightings.size());
    if (sightings.isEmpty()) {
      return new Outgoing();
    }
    Devices.Settled onDevices = devices.settle(sightings);
    Linked linked = linkIdentifiers.link(sightings);
    Owners owners = Owners.of(linked, persons.ofIdentifiers(Owners.outside(linked, onDevices)));
    List<Resolved> events = resolve(sightings, onDevices, linked, owners);
    ConsentRegistry.Settled allowed = settleConsents(events, onDevices, linked, owners);

    var announcements = new Announcements(batch.time());
    announcements.merges(linked.absorptions());
    Set<UUID> revised = allowed.revised();
    if (batch.repeated()) { // what was last said of them is not known here any more
      announcements.aliases(persons.aliases(linked.everybody()));
      revised = new HashSet<>(linked.everybody());
      revised.addAll(allowed.revised());
    }
    // before the consents: what a visitor stated goes to the owner with the events, and leaves the
    // visitor without a yes
    announcements.moves(onDevices.changed(), owners);
    announcements.consents(revised, allowed);
    events.forEach(event -> announcements.event(event, allowed));
    announcements.profiles(profilesAnew(batch, sightings, linked, owners, allowed));
    announcements.profiles(profilesOfAbsorbed(batch, linked));
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
