package io.rebound.capisync.conversions;

import io.rebound.capisync.people.PersonKeys;
import io.rebound.events.MatchKeys;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A server event's user_data, gathered from envelopes: the event's own keys first, then what the
 * person's profile knows beside them.
 */
final class UserData {
  private static final Set<String> LISTS =
      Set.of("em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country", "external_id");
  // an event that has only keys of one of these matches too many people: Meta refuses it (2804050)
  private static final List<Set<String>> TOO_BROAD =
      List.of(
          Set.of("ct", "country", "st", "zp", "ge", "client_user_agent"),
          Set.of("db", "client_user_agent"),
          Set.of("fn", "ge"),
          Set.of("ln", "ge"));

  private final PersonKeys keys = new PersonKeys();

  /** Adds an envelope's keys to those of newer ones. */
  UserData add(MatchKeys older) {
    keys.complete(older);
    return this;
  }

  /** Whether Meta would take an event with these keys alone. */
  boolean identifies() {
    var names = new HashSet<>(keys.all().keySet());
    return !names.isEmpty() && TOO_BROAD.stream().noneMatch(set -> set.containsAll(names));
  }

  /** As it stands in the event: lists where Meta allows several values. */
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    keys.all()
        .forEach((name, all) ->
            json.put(name, LISTS.contains(name) ? List.copyOf(all) : all.getFirst()));
    return json;
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "UserData" + keys.all().keySet();
  }
}
