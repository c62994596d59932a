package io.rebound.ingest.intake;

import io.rebound.matchkeys.IdentifierHashes.KeyHash;
import io.rebound.matchkeys.MatchKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Match keys as they were sent, before Meta's normalisation. Lives only in memory. */
public final class RawKeys {
  private final Map<MatchKey, List<String>> values = new EnumMap<>(MatchKey.class);

  /** Adds a value, if there is one. */
  public RawKeys add(MatchKey key, @Nullable String value) {
    return value == null ? this : addAll(key, List.of(value));
  }

  public RawKeys addAll(MatchKey key, List<String> several) {
    if (!several.isEmpty()) {
      values.merge(key, several, RawKeys::both);
    }
    return this;
  }

  private static List<String> both(List<String> some, List<String> others) {
    var both = new ArrayList<String>(some.size() + others.size());
    both.addAll(some);
    both.addAll(others);
    return both;
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
  Map<String, List<String>> hashed(KeyHash hash) {
    var hashed = new LinkedHashMap<String, List<String>>();
    for (Map.Entry<MatchKey, List<String>> key : values.entrySet()) {
      List<String> usable = usable(key.getKey(), key.getValue(), hash);
      if (!usable.isEmpty()) {
        hashed.put(key.getKey().wireName(), usable);
      }
    }
    return hashed;
  }

  private static List<String> usable(MatchKey key, List<String> raw, KeyHash hash) {
    if (raw.size() == 1) {
      Optional<String> only = hash.of(key, raw.getFirst());
      return only.isPresent() ? List.of(only.get()) : List.of();
    }
    return raw.stream().flatMap(one -> hash.of(key, one).stream()).distinct().toList();
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "RawKeys" + values.keySet();
  }
}
