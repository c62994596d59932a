package io.rebound.identity.graph;

import io.rebound.events.Identifier;
import io.rebound.identity.locks.Held;
import io.rebound.identity.sightings.Components;
import io.rebound.identity.sightings.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Merges by strong identifiers: those of one event belong to one person, so the persons of a
 * connected set of identifiers are one. The smallest of the ids derived from these identifiers
 * survives, which no order of events can change. An event whose set of identifiers was seen before
 * proves nothing new.
 *
 * <p>An identifier that wasn't known is, until that moment, a person of its own who is then
 * absorbed: its derived id is announced even if nobody ever saw it, because an identity that was
 * restored to an earlier moment may have published under it.
 */
@Component
class LinkIdentifiers {
  private final Persons persons;
  private final EvidenceTable evidence;
  private final GuardRails guardRails;
  private final Regroup regroup;

  LinkIdentifiers(Persons persons, EvidenceTable evidence, GuardRails guardRails, Regroup regroup) {
    this.persons = persons;
    this.evidence = evidence;
    this.guardRails = guardRails;
    this.regroup = regroup;
  }

  /** The caller holds the batch's devices and persons. */
  Linked link(List<Sighting> seen, Known known, Instant time, Held held) {
    List<Sighting> fresh = seen.stream().filter(known::isNew).toList();
    if (fresh.isEmpty() && known.roles().isEmpty()) {
      return new Linked(
          known.usable(seen), known.persons(), Regrouped.nothing(), Set.of(), known.evidence());
    }
    GuardRails.Barred barred = guardRails.bar(fresh, known);
    List<Sighting> usable = seen.stream().map(one -> one.without(barred.all())).toList();
    List<Sighting> linking = fresh.stream().map(one -> one.without(barred.all())).toList();
    Map<UUID, UUID> before = new HashMap<>(known.persons());
    before.keySet().removeAll(barred.all());
    Map<UUID, UUID> now = new HashMap<>(before);
    Regrouped merged = merge(linking, before, now, held);
    evidence.add(fresh, linking, time);
    if (barred.identifiers().isEmpty()) {
      return new Linked(usable, now, merged, barred.devices(), known.evidence());
    }
    evidence.representAnew(barred.identifiers());
    Set<UUID> concerned = new HashSet<>();
    Map<UUID, UUID> survivors = new HashMap<>();
    merged.absorptions().forEach(one -> survivors.put(one.absorbed(), one.survivor()));
    barred.persons().forEach(person -> concerned.add(survivors.getOrDefault(person, person)));
    Regrouped regrouped = regroup.regroup(concerned, barred.identifiers(), time, held);
    return new Linked(
        usable,
        persons.ofIdentifiers(now.keySet()),
        merged.then(regrouped),
        barred.devices(),
        known.evidence());
  }

  private Regrouped merge(
      List<Sighting> linking, Map<UUID, UUID> before, Map<UUID, UUID> now, Held held) {
    var components = new Components();
    var identifiers = new HashMap<UUID, Identifier>();
    Map<UUID, Instant> times = new HashMap<>();
    for (Sighting sighting : linking) {
      UUID first = null;
      for (Map.Entry<UUID, Identifier> entry : sighting.strong().entrySet()) {
        UUID id = entry.getKey();
        UUID person = before.getOrDefault(id, id);
        identifiers.put(id, entry.getValue());
        components.join(first == null ? person : first, person);
        first = first == null ? person : first;
        times.merge(
            person,
            sighting.event().receivedAt(),
            (one, other) -> one.isBefore(other) ? one : other);
      }
    }
    if (identifiers.isEmpty()) {
      return Regrouped.nothing();
    }
    List<Absorption> absorptions = absorb(components, times, held);
    var added = new HashMap<UUID, Identifier>();
    var changed = new HashSet<UUID>();
    identifiers.forEach((id, identifier) -> {
      if (!before.containsKey(id)) {
        added.put(id, identifier);
        changed.add(components.representative(id));
      }
    });
    before.forEach((id, person) -> now.put(id, components.representative(person)));
    added.keySet().forEach(id -> now.put(id, components.representative(id)));
    absorptions.forEach(absorption -> changed.add(absorption.survivor()));
    if (!added.isEmpty()) {
      persons.add(added, now);
    }
    return Regrouped.merged(absorptions, changed);
  }

  private List<Absorption> absorb(Components components, Map<UUID, Instant> times, Held held) {
    var absorptions = new ArrayList<Absorption>();
    components
        .sets()
        .forEach((survivor, set) -> {
          Instant first =
              set.stream()
                  .flatMap(id -> java.util.Optional.ofNullable(times.get(id)).stream())
                  .min(Instant::compareTo)
                  .orElseThrow();
          set.stream()
              .filter(id -> !id.equals(survivor))
              .forEach(id -> absorptions.add(new Absorption(id, survivor, 0, first)));
        });
    return absorptions.isEmpty() ? List.of() : persons.absorb(absorptions, held);
  }
}
