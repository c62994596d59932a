package io.rebound.identity.sightings;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Connected sets of ids (union-find). The smallest id of a set stands for it, so that the order in
 * which sets were joined can't be seen.
 */
public final class Components {
  private final Map<UUID, UUID> parents = new HashMap<>();

  /** The id that stands for the set; an id not seen before is a set of its own. */
  public UUID representative(UUID id) {
    UUID parent = parents.putIfAbsent(id, id);
    if (parent == null || parent.equals(id)) {
      return id;
    }
    UUID root = representative(parent);
    parents.put(id, root);
    return root;
  }

  /** Whether the id was seen before. */
  public boolean knows(UUID id) {
    return parents.containsKey(id);
  }

  public void join(UUID one, UUID other) {
    UUID first = representative(one);
    UUID second = representative(other);
    if (PersonIds.ORDER.compare(first, second) <= 0) {
      parents.put(second, first);
    } else {
      parents.put(first, second);
    }
  }

  /** Every set by the id that stands for it. */
  public Map<UUID, SortedSet<UUID>> sets() {
    var sets = new TreeMap<UUID, SortedSet<UUID>>(PersonIds.ORDER);
    for (UUID id : java.util.List.copyOf(parents.keySet())) {
      sets.computeIfAbsent(representative(id), _ -> new TreeSet<>(PersonIds.ORDER)).add(id);
    }
    return sets;
  }
}
