package io.rebound.ingest.intake;

import io.rebound.matchkeys.Locality;
import io.rebound.matchkeys.MatchKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Match keys as they were sent, before Meta's normalisation. Lives only in memory. */
public final class RawKeys {
  private final Map<MatchKey, List<String>> values = new EnumMap<>(MatchKey.class);

  /** Adds a value, if there is one. */
  public RawKeys add(MatchKey key, @Nullable String value) {
    if (value != null) {
      values.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(value);
    }
    return this;
  }

  public RawKeys addAll(MatchKey key, List<String> several) {
    several.forEach(value -> add(key, value));
    return this;
  }

  /** The same without these. */
  RawKeys without(Set<MatchKey> dropped) {
    if (dropped.isEmpty()) {
      return this;
    }
    var rest = new RawKeys();
    rest.values.putAll(values);
    rest.values.keySet().removeAll(dropped);
    return rest;
  }

  public boolean has(MatchKey key) {
    return values.containsKey(key);
  }

  /** Normalised, hashed where Meta wants it, under Meta's names; what is unusable is left out. */
  Map<String, List<String>> hashed(Locality locality) {
    var hashed = new HashMap<String, List<String>>();
    for (Map.Entry<MatchKey, List<String>> key : values.entrySet()) {
      List<String> usable = usable(key.getKey(), key.getValue(), locality);
      if (!usable.isEmpty()) {
        hashed.put(key.getKey().wireName(), usable);
      }
    }
    return hashed;
  }

  private static List<String> usable(MatchKey key, List<String> raw, Locality locality) {
    var usable = new ArrayList<String>(raw.size());
    for (String one : raw) {
      String hash = key.hash(one, locality).orElse(null);
      if (hash != null && !usable.contains(hash)) {
        usable.add(hash);
      }
    }
    return usable;
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "RawKeys" + values.keySet();
  }
}
