package io.rebound.capisync.people;

import io.rebound.events.MatchKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A person's match keys put together from several events, the newest first: several addresses,
 * numbers and accounts may all be theirs; of everything else the newest counts, and older events
 * only fill what is missing. Opened, so it lives only in memory.
 */
public final class PersonKeys {
  private static final Set<String> SEVERAL = Set.of("em", "ph", "external_id");
  private static final Set<String> PLACE = Set.of("ct", "st", "zp", "country");
  private static final int MOST_VALUES = 10;

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /** Takes over what isn't known from newer ones. */
  public PersonKeys complete(MatchKeys older) {
    boolean elsewhere = PLACE.stream().anyMatch(name -> differs(name, older.values()));
    older
        .values()
        .forEach((name, more) -> {
          if (SEVERAL.contains(name)) {
            add(name, more);
          } else if (!values.containsKey(name) && !(elsewhere && PLACE.contains(name))) {
            add(name, more); // half of one address and half of another is nobody's
          }
        });
    return this;
  }

  private boolean differs(String name, Map<String, List<String>> older) {
    List<String> known = values.get(name);
    List<String> other = older.get(name);
    return known != null && other != null && !known.equals(other);
  }

  private void add(String name, List<String> more) {
    List<String> all = values.computeIfAbsent(name, _ -> new ArrayList<>());
    more.stream()
        .filter(value -> !all.contains(value))
        .limit(Math.max(0, MOST_VALUES - all.size()))
        .forEach(all::add);
  }

  /** None if the person has no such key. */
  public List<String> values(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** By Meta's names. */
  public Map<String, List<String>> all() {
    return values;
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "PersonKeys" + values.keySet();
  }
}
