package io.rebound.identity.graph;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.rebound.events.EventKey;
import io.rebound.events.Profile;
import io.rebound.events.Purpose;
import io.rebound.identity.consents.ConsentRegistry;
import io.rebound.identity.consents.Registered;
import io.rebound.identity.devices.Devices;
import io.rebound.identity.devices.OwnedEvent;
import io.rebound.identity.devices.OwnerChange;
import io.rebound.identity.locks.Held;
import io.rebound.identity.profiles.Brought;
import io.rebound.identity.profiles.Profiles;
import io.rebound.identity.sightings.Sighting;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Weighs what persons stated, now that it is known who they are, and says all of it to those who
 * follow persons.
 */
@Component
class TellOfPersons {
  private final Persons persons;
  private final Aliases aliases;
  private final ConsentRegistry consents;
  private final Profiles profiles;
  private final EvidenceTable evidence;
  private final MergeAudit audit;

  TellOfPersons(
      Persons persons,
      Aliases aliases,
      ConsentRegistry consents,
      Profiles profiles,
      EvidenceTable evidence,
      MergeAudit audit) {
    this.aliases = aliases;
    this.persons = persons;
    this.consents = consents;
    this.profiles = profiles;
    this.evidence = evidence;
    this.audit = audit;
  }

  /**
   * @param repeated the database was restored, and more may have been said than it knows
   */
  Told of(Instant at, boolean repeated, Linked linked, Devices.Settled settled, Held held) {
    List<Resolved> events = resolved(linked.sightings(), settled.added());
    ConsentRegistry.Settled allowed = settleConsents(events, settled, linked, held);
    Regrouped regrouped = linked.regrouped();
    var announcements = new Announcements(at);
    announcements.merges(regrouped.absorptions());
    Set<UUID> revised = new HashSet<>(allowed.revised());
    if (repeated) {
      announcements.merges(renewedAliases(linked, at, held));
      revised.addAll(linked.everybody());
    }
    // before the consents: what a visitor stated goes to the owner with the events, and leaves the
    // visitor without a yes
    announcements.moves(settled.changed());
    announcements.consents(revised, allowed);
    announcements.splits(regrouped.separations(), allowed);
    events.forEach(event -> announcements.event(event, allowed));
    announcements.profiles(profilesAnew(at, repeated, linked, allowed));
    Map<UUID, UUID> survivors = linked.survivors();
    audit.merged(survivors.keySet(), survivors.values());
    announcements.profiles(survivors.isEmpty() ? List.of() : profiles.absorbed(survivors, at));
    return new Told(
        announcements.outgoing(),
        regrouped.merges(),
        regrouped.separations().size(),
        settled.changed().size(),
        (int) linked.sightings().stream().filter(Sighting::nobodys).count(),
        regrouped.changed().isEmpty() ? Set.of() : persons.grownOutsize(regrouped.changed()),
        settled.more());
  }

  private static List<Resolved> resolved(List<Sighting> sightings, List<OwnedEvent> added) {
    Map<EventKey, OwnedEvent> owned = added.stream().collect(toMap(OwnedEvent::key, one -> one));
    return sightings.stream()
        .map(sighting -> {
          OwnedEvent event = Objects.requireNonNull(owned.get(sighting.key()));
          return new Resolved(sighting, event.person(), event.revision());
        })
        .toList();
  }

  private List<Absorption> renewedAliases(Linked linked, Instant at, Held held) {
    Set<UUID> everybody = linked.everybody();
    held.requirePersons(aliases.ids(everybody));
    return aliases.renew(everybody, at);
  }

  private ConsentRegistry.Settled settleConsents(
      List<Resolved> events, Devices.Settled settled, Linked linked, Held held) {
    consents.add(events.stream().map(Resolved::sighting).toList());
    Set<UUID> anew =
        events.stream().filter(Resolved::states).map(Resolved::person).collect(toSet());
    settled.changed().stream()
        .filter(OwnerChange::stated)
        .forEach(change -> {
          anew.add(change.from());
          anew.add(change.to());
        });
    Regrouped regrouped = linked.regrouped();
    regrouped.absorptions().forEach(absorption -> anew.add(absorption.survivor()));
    if (!regrouped.separations().isEmpty()) {
      anew.addAll(regrouped.changed());
    }
    held.requirePersons(anew);

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
    return consents.settle(present, anew, regrouped.predecessors(), assumptions);
  }

  /** For which identifiers something better has come. */
  private Set<UUID> keepEnvelopes(Linked linked) {
    List<Sighting> bringing =
        linked.sightings().stream()
            .filter(one -> !one.anonymous()) // nobody holds a set whose values are all barred
            .filter(
                one -> !linked.brought().getOrDefault(one.evidence(), Brought.NOTHING).covers(one))
            .toList();
    Map<UUID, Brought> more = new HashMap<>();
    for (Sighting one : bringing) {
      Brought before = linked.brought().get(one.evidence());
      if (before != null) {
        more.merge(one.evidence(), before.and(Brought.by(one)), Brought::and);
      }
    }
    more.entrySet().removeIf(one -> one.getValue().equals(linked.brought().get(one.getKey())));
    if (!more.isEmpty()) {
      evidence.brought(more);
    }
    return profiles.keepEnvelopes(bringing);
  }

  private List<Profile> profilesAnew(
      Instant at, boolean repeated, Linked linked, ConsentRegistry.Settled allowed) {
    Set<UUID> changed = new HashSet<>(linked.regrouped().changed());
    keepEnvelopes(linked)
        .forEach(identifier -> changed.add(linked.persons().getOrDefault(identifier, identifier)));
    if (repeated) {
      changed.addAll(linked.everybody());
    }
    Set<UUID> touched = new HashSet<>(allowed.touched());
    touched.removeAll(changed);
    if (!touched.isEmpty()) { // visitors have no profile
      changed.addAll(persons.identifiersOf(touched).values());
    }
    changed.removeAll(linked.survivors().keySet());
    return changed.isEmpty() ? List.of() : profiles.anew(changed, at);
  }
}
