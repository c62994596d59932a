package io.rebound.identity.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What became of persons whose links changed.
 *
 * @param merges how many persons were one person's from then on
 * @param absorptions who is an alias of whom; after a split also those who already were
 * @param separations who stands alone again
 * @param changed persons who have other identifiers than before
 * @param predecessors by person, whose consents they take over
 * @param identifiers those whose events may be somebody else's now
 */
record Regrouped(
    int merges,
    List<Absorption> absorptions,
    List<Separation> separations,
    Set<UUID> changed,
    Map<UUID, List<UUID>> predecessors,
    Set<UUID> identifiers) {

  static Regrouped nothing() {
    return new Regrouped(0, List.of(), List.of(), Set.of(), Map.of(), Set.of());
  }

  /** New persons and identifiers joined existing ones. */
  static Regrouped merged(List<Absorption> absorptions, Set<UUID> changed) {
    var predecessors = new HashMap<UUID, List<UUID>>();
    for (Absorption one : absorptions) {
      predecessors.computeIfAbsent(one.survivor(), _ -> new ArrayList<>()).add(one.absorbed());
    }
    return new Regrouped(
        absorptions.size(), absorptions, List.of(), changed, predecessors, Set.of());
  }

  /** What happened first, and then. */
  Regrouped then(Regrouped next) {
    // who was absorbed first may stand alone then: of each the last is said
    var said = new HashSet<UUID>();
    next.absorptions.forEach(one -> said.add(one.absorbed()));
    next.separations.forEach(one -> said.add(one.person()));
    var allAbsorptions = new ArrayList<Absorption>();
    absorptions.stream().filter(one -> !said.contains(one.absorbed())).forEach(allAbsorptions::add);
    allAbsorptions.addAll(next.absorptions);
    var allChanged = new HashSet<>(changed);
    allChanged.addAll(next.changed);
    var allPredecessors = new HashMap<>(predecessors);
    next.predecessors.forEach(
        (person, before) -> allPredecessors.merge(person, before, Regrouped::concatenated));
    return new Regrouped(
        merges + next.merges,
        allAbsorptions,
        next.separations,
        allChanged,
        allPredecessors,
        next.identifiers);
  }

  private static List<UUID> concatenated(List<UUID> one, List<UUID> other) {
    var all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
