package io.rebound.sandbox.audiences;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The people in an audience, each known by keys. Whoever shares a key is the same person. Guarded
 * by the store.
 */
final class Members {
  private final Map<String, TreeSet<String>> byKey = new HashMap<>();
  private final TreeMap<String, TreeSet<String>> byFirstKey = new TreeMap<>();

  /** Adds a person, or joins everybody who shares a key with the row. */
  void add(Collection<String> row) {
    if (row.isEmpty()) {
      return;
    }
    var keys = new TreeSet<>(row);
    for (TreeSet<String> member : sharing(row)) {
      byFirstKey.remove(member.first());
      keys.addAll(member);
    }
    keys.forEach(key -> byKey.put(key, keys));
    byFirstKey.put(keys.first(), keys);
  }

  /** Removes everybody who shares a key with the row. */
  void remove(Collection<String> row) {
    for (TreeSet<String> member : sharing(row)) {
      byFirstKey.remove(member.first());
      member.forEach(byKey::remove);
    }
  }

  /** How many would go if all who share a key with any of the rows went. */
  int touched(Collection<? extends Collection<String>> rows) {
    return (int)
        rows.stream()
            .flatMap(row -> sharing(row).stream())
            .map(TreeSet::first) // no two members share a key
            .distinct()
            .count();
  }

  private Set<TreeSet<String>> sharing(Collection<String> row) {
    Set<TreeSet<String>> found = new LinkedHashSet<>(2);
    for (String key : row) {
      TreeSet<String> member = byKey.get(key);
      if (member != null) {
        found.add(member);
      }
    }
    return found;
  }

  int size() {
    return byFirstKey.size();
  }

  /** Rows of sorted keys in the order of their first keys, from behind that one. */
  List<List<String>> after(String firstKey, int limit) {
    return byFirstKey.tailMap(firstKey, false).values().stream()
        .limit(limit)
        .map(List::copyOf)
        .toList();
  }
}
