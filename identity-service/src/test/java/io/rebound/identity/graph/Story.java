package io.rebound.identity.graph;

import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.EventKey;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Events of a made-up world, and by the definitions, slowly, who did them. */
final class Story {
  static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration STITCH_BACK = Duration.ofDays(30);

  private final List<TrackedEvent> events = new ArrayList<>();

  /** A random world; the same for the same seed. */
  static Story random(long seed) {
    var random = new Random(seed);
    var story = new Story();
    int events = 5 + random.nextInt(40);
    for (int i = 0; i < events; i++) {
      Set<Identifier> identifiers = new LinkedHashSet<>();
      int strong = random.nextInt(3);
      for (int s = 0; s < strong; s++) {
        identifiers.add(
            new Identifier(
                random.nextBoolean() ? IdentifierType.EMAIL : IdentifierType.EXTERNAL_ID,
                "s" + random.nextInt(9)));
      }
      int weak = strong == 0 ? 1 + random.nextInt(2) : random.nextInt(3);
      for (int w = 0; w < weak; w++) {
        identifiers.add(
            new Identifier(
                w == 0 ? IdentifierType.ANONYMOUS_ID : IdentifierType.FBP,
                "w" + random.nextInt(4)));
      }
      Map<Purpose, Boolean> stated = new HashMap<>();
      if (random.nextInt(4) == 0) {
        stated.put(Purpose.ADS, random.nextBoolean());
      }
      story.add("e" + i, Duration.ofHours(random.nextInt(24 * 60)), identifiers, stated);
    }
    return story;
  }

  Story add(String id, Duration after, Set<Identifier> identifiers, Map<Purpose, Boolean> stated) {
    List<Identifier> sorted =
        identifiers.stream().sorted(java.util.Comparator.comparing(Identifier::type)).toList();
    events.add(
        new TrackedEvent(
            "shop",
            id,
            "Something",
            START.plus(after),
            START.plus(Duration.ofDays(70)),
            ActionSource.WEBSITE,
            null,
            sorted,
            new ConsentStatement(stated, Map.of(Purpose.ADS, true)),
            null,
            null,
            null,
            Map.of()));
    return this;
  }

  List<TrackedEvent> events() {
    return events;
  }

  /** Which events are one person's: the name of the person is of no importance. */
  Map<EventKey, Set<Identifier>> people() {
    List<Set<Identifier>> components = components();
    var people = new HashMap<EventKey, Set<Identifier>>();
    for (TrackedEvent event : events) {
      people.put(event.key(), person(event, components));
    }
    return people;
  }

  private Set<Identifier> person(TrackedEvent event, List<Set<Identifier>> components) {
    Set<Identifier> strong = strong(event);
    if (!strong.isEmpty()) {
      return containing(components, strong.iterator().next());
    }
    for (Identifier device : weak(event)) {
      Identifier owner = owner(device, event.at());
      if (owner != null) {
        return containing(components, owner);
      }
    }
    return Set.of(weak(event).getFirst());
  }

  // the latest sign-in until then, else the first one soon after
  private Identifier owner(Identifier device, Instant moment) {
    var signIns = new TreeMap<Instant, Identifier>();
    for (TrackedEvent event : events) {
      if (!strong(event).isEmpty() && event.identifiers().contains(device)) {
        signIns.put(event.at(), strong(event).iterator().next());
      }
    }
    Map.Entry<Instant, Identifier> before = signIns.floorEntry(moment);
    if (before != null) {
      return before.getValue();
    }
    Map.Entry<Instant, Identifier> after = signIns.higherEntry(moment);
    return after == null || after.getKey().isAfter(moment.plus(STITCH_BACK))
        ? null
        : after.getValue();
  }

  private static Set<Identifier> containing(List<Set<Identifier>> components, Identifier one) {
    return components.stream().filter(set -> set.contains(one)).findFirst().orElseThrow();
  }

  /** Connected sets of strong identifiers, by going on until nothing grows. */
  private List<Set<Identifier>> components() {
    List<Set<Identifier>> sets = new ArrayList<>();
    for (TrackedEvent event : events) {
      Set<Identifier> strong = strong(event);
      if (strong.isEmpty()) {
        continue;
      }
      Set<Identifier> joined = new LinkedHashSet<>(strong);
      sets.removeIf(set -> {
        boolean touches = set.stream().anyMatch(strong::contains);
        if (touches) {
          joined.addAll(set);
        }
        return touches;
      });
      sets.add(joined);
    }
    return sets;
  }

  /** What each event's person stated last on ads; of two at once the no. */
  Map<EventKey, Boolean> ads() {
    Map<EventKey, Set<Identifier>> people = people();
    var ads = new HashMap<EventKey, Boolean>();
    people.forEach((key, person) -> {
      Instant latest = Instant.MIN;
      Boolean value = null;
      for (TrackedEvent event : events) {
        Boolean stated = event.consent().stated().get(Purpose.ADS);
        if (stated == null || !people.get(event.key()).equals(person)) {
          continue;
        }
        if (event.at().isAfter(latest)) {
          latest = event.at();
          value = stated;
        } else if (event.at().equals(latest)) {
          value = value && stated;
        }
      }
      ads.put(key, value);
    });
    return ads;
  }

  private static Set<Identifier> strong(TrackedEvent event) {
    var strong = new LinkedHashSet<Identifier>();
    event.identifiers().stream().filter(one -> one.type().strong()).forEach(strong::add);
    return strong;
  }

  private static List<Identifier> weak(TrackedEvent event) {
    return event.identifiers().stream()
        .filter(one -> !one.type().strong())
        .sorted(
            java.util.Comparator.comparing(Identifier::type).thenComparing(Identifier::pseudonym))
        .toList();
  }
}
