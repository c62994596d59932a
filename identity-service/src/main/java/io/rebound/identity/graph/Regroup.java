package io.rebound.identity.graph;

import static java.util.stream.Collectors.toSet;

import io.rebound.identity.locks.Held;
import io.rebound.identity.sightings.Components;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Computes persons anew from the evidence that is left, after a value was barred or an operator
 * undid or restored a link. Bounded by what these persons consist of. The same as if the missing
 * links had never been there.
 */
@Component
class Regroup {
  private final Persons persons;
  private final Aliases aliases;
  private final EvidenceTable evidence;

  Regroup(Persons persons, Aliases aliases, EvidenceTable evidence) {
    this.aliases = aliases;
    this.persons = persons;
    this.evidence = evidence;
  }

  /**
   * Says of everybody concerned what they are now, also where it didn't change: aliases are told of
   * one by one, and not every receiver has seen each.
   *
   * @param concerned persons whose links changed; the caller holds them
   * @param loose identifiers that were theirs and are nobody's now
   */
  Regrouped regroup(Collection<UUID> concerned, Set<UUID> loose, Instant at, Held held) {
    List<Aliases.Alias> former = aliases.of(concerned);
    held.requirePersons(former.stream().map(Aliases.Alias::absorbed).toList());
    Map<UUID, UUID> before = persons.identifiersOf(concerned);
    var components = new Components();
    before.keySet().forEach(components::representative);
    for (Set<UUID> link : evidence.links(before.keySet())) {
      List<UUID> usable = link.stream().filter(before::containsKey).toList();
      usable.forEach(id -> components.join(usable.getFirst(), id));
    }
    Map<UUID, UUID> now = new HashMap<>();
    before.keySet().forEach(id -> now.put(id, components.representative(id)));
    persons.assign(now);
    return announced(former, now, before, loose, at, concerned);
  }

  private Regrouped announced(
      List<Aliases.Alias> former,
      Map<UUID, UUID> now,
      Map<UUID, UUID> before,
      Set<UUID> loose,
      Instant at,
      Collection<UUID> concerned) {
    Map<UUID, UUID> survivors = new HashMap<>();
    former.forEach(alias -> survivors.put(alias.absorbed(), alias.survivor()));
    concerned.forEach(person -> survivors.put(person, person));
    Map<UUID, UUID> wanted = new HashMap<>();
    // an alias that is no identifier any more, because it was erased, goes with its survivor
    survivors.forEach((id, survivor) ->
        wanted.put(
            id,
            loose.contains(id) ? id : now.getOrDefault(id, now.getOrDefault(survivor, survivor))));
    Map<UUID, Long> revisions = aliases.redirect(wanted);
    var absorptions = new ArrayList<Absorption>();
    var separations = new ArrayList<Separation>();
    wanted.forEach((id, survivor) -> {
      long revision = revisions.getOrDefault(id, 0L);
      UUID absorber = survivors.getOrDefault(id, id);
      if (!survivor.equals(id)) {
        absorptions.add(new Absorption(id, survivor, revision, at));
      } else if (!absorber.equals(id)) {
        separations.add(new Separation(id, absorber, revision));
      }
    });
    Map<UUID, List<UUID>> predecessors = new HashMap<>();
    now.forEach((id, person) -> {
      UUID owner = before.get(id);
      List<UUID> known = predecessors.computeIfAbsent(person, _ -> new ArrayList<>());
      if (owner != null && !owner.equals(person) && !known.contains(owner)) {
        known.add(owner);
      }
    });
    Set<UUID> changed = new HashSet<>(now.values());
    changed.addAll(separations.stream().map(Separation::person).collect(toSet()));
    concerned.stream().filter(person -> person.equals(wanted.get(person))).forEach(changed::add);
    Set<UUID> identifiers = new HashSet<>(now.keySet());
    identifiers.addAll(loose);
    long merged = concerned.stream().filter(person -> !person.equals(wanted.get(person))).count();
    return new Regrouped(
        (int) merged, absorptions, separations, changed, predecessors, identifiers);
  }
}
