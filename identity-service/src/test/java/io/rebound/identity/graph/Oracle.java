package io.rebound.identity.graph;

import io.rebound.events.EventKey;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.TrackedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who did what by the rules of {@code samples/identity}, worked out from all events at once,
 * slowly, with sets that are joined until nothing grows.
 */
final class Oracle {
  private static final Duration STITCH_BACK = Duration.ofDays(30);
  private static final Comparator<Identifier> BY_NAME =
      Comparator.comparing(Identifier::type).thenComparing(Identifier::pseudonym);

  private final List<TrackedEvent> events;
  private final Set<Set<Identifier>> undone;
  private final Set<Identifier> roles = new HashSet<>();
  private final Set<Identifier> blocked = new HashSet<>();
  private final List<Set<Identifier>> persons;
  private final List<Set<Identifier>> visitors;

  Oracle(List<TrackedEvent> events, int mostOthers, Set<Set<Identifier>> undone) {
    this.events = events;
    this.undone = undone;
    events.forEach(event ->
        event.identifiers().stream()
            .filter(Identifier::role)
            .forEach(one -> roles.add(plain(one))));
    block(mostOthers);
    persons =
        components(
            events.stream()
                .filter(event -> !undone.contains(all(event)))
                .map(this::strong)
                .toList());
    visitors =
        components(
            events.stream()
                .filter(event -> strong(event).isEmpty() && owner(event) == null)
                .map(this::weak)
                .toList());
  }

  private static Identifier plain(Identifier one) {
    return new Identifier(one.type(), one.pseudonym());
  }

  static Set<Identifier> all(TrackedEvent event) {
    var all = new HashSet<Identifier>();
    event.identifiers().forEach(one -> all.add(plain(one)));
    return all;
  }

  private void block(int mostOthers) {
    Map<Identifier, Map<IdentifierType, Set<Identifier>>> seenWith = new HashMap<>();
    for (TrackedEvent event : events) {
      for (Identifier one : all(event)) {
        for (Identifier other : all(event)) {
          if (other.type().strong() && other.type() != one.type()) {
            seenWith
                .computeIfAbsent(one, _ -> new HashMap<>())
                .computeIfAbsent(other.type(), _ -> new HashSet<>())
                .add(other);
          }
        }
      }
    }
    seenWith.forEach((one, others) ->
        others.forEach((type, values) -> {
          if (values.size() > (type == IdentifierType.PHONE ? 2 : 1) * mostOthers) {
            blocked.add(one);
          }
        }));
    blocked.removeAll(roles);
  }

  /** The cluster of every event: a set of identifiers, or the event itself if it is nobody's. */
  Map<EventKey, Set<?>> clusters() {
    var clusters = new HashMap<EventKey, Set<?>>();
    events.forEach(event -> clusters.put(event.key(), cluster(event)));
    return clusters;
  }

  boolean isVisitor(EventKey key) {
    return events.stream()
        .filter(event -> event.key().equals(key))
        .allMatch(event -> strong(event).isEmpty() && owner(event) == null);
  }

  private Set<?> cluster(TrackedEvent event) {
    Set<Identifier> strong = strong(event);
    if (!strong.isEmpty()) {
      return person(strong.iterator().next());
    }
    Identifier owner = owner(event);
    if (owner != null) {
      return person(owner);
    }
    Set<Identifier> weak = weak(event);
    return weak.isEmpty() ? Set.of(event.key()) : containing(visitors, weak.iterator().next());
  }

  Set<Identifier> person(Identifier strong) {
    return containing(persons, strong);
  }

  Set<Identifier> blocked() {
    return blocked;
  }

  /** By the first type that gives one. */
  private @Nullable Identifier owner(TrackedEvent event) {
    for (Identifier device : weak(event)) {
      Identifier owner = owner(device, event.at());
      if (owner != null) {
        return owner;
      }
    }
    return null;
  }

  // the latest sign-in until then, else the first one soon after; of two at once the representative
  // of the larger id, which is of no importance here as no story has two
  private @Nullable Identifier owner(Identifier device, Instant moment) {
    TrackedEvent before = null;
    TrackedEvent after = null;
    for (TrackedEvent event : events) {
      if (strong(event).isEmpty() || !all(event).contains(device)) {
        continue;
      }
      if (event.at().isAfter(moment)) {
        after = after == null || event.at().isBefore(after.at()) ? event : after;
      } else {
        before = before == null || event.at().isAfter(before.at()) ? event : before;
      }
    }
    if (before != null) {
      return strong(before).iterator().next();
    }
    return after == null || after.at().isAfter(moment.plus(STITCH_BACK))
        ? null
        : strong(after).iterator().next();
  }

  private Set<Identifier> strong(TrackedEvent event) {
    return usable(event, true);
  }

  private Set<Identifier> weak(TrackedEvent event) {
    return usable(event, false);
  }

  private Set<Identifier> usable(TrackedEvent event, boolean strong) {
    var usable = new TreeSet<>(BY_NAME);
    all(event).stream()
        .filter(one -> one.type().strong() == strong)
        .filter(one -> !roles.contains(one) && !blocked.contains(one))
        .forEach(usable::add);
    return usable;
  }

  private static Set<Identifier> containing(List<Set<Identifier>> sets, Identifier one) {
    return sets.stream().filter(set -> set.contains(one)).findFirst().orElse(Set.of(one));
  }

  private static List<Set<Identifier>> components(List<Set<Identifier>> together) {
    List<Set<Identifier>> components = new ArrayList<>();
    for (Set<Identifier> set : together) {
      if (set.isEmpty()) {
        continue;
      }
      Set<Identifier> joined = new HashSet<>(set);
      components.removeIf(component -> {
        boolean touches = component.stream().anyMatch(set::contains);
        if (touches) {
          joined.addAll(component);
        }
        return touches;
      });
      components.add(joined);
    }
    return components;
  }
}
