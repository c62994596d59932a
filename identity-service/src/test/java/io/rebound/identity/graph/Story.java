package io.rebound.identity.graph;

import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.EventKey;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Events of a made-up world. */
final class Story {
  static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final IdentifierType[] STRONG = {
    IdentifierType.EXTERNAL_ID, IdentifierType.EMAIL, IdentifierType.WA_USER_ID
  };

  private final List<TrackedEvent> events = new ArrayList<>();

  /** A random world; the same for the same seed. Some of its values are used by too many. */
  static Story random(long seed) {
    var random = new Random(seed);
    var story = new Story();
    int events = 5 + random.nextInt(90);
    int people = 3 + random.nextInt(14);
    int devices = 2 + random.nextInt(6);
    for (int i = 0; i < events; i++) {
      Set<Identifier> identifiers = new LinkedHashSet<>();
      int strong = random.nextInt(3);
      for (int s = 0; s < strong; s++) {
        identifiers.add(new Identifier(STRONG[random.nextInt(3)], "s" + skewed(random, people)));
      }
      if (random.nextInt(12) == 0) {
        identifiers.add(new Identifier(IdentifierType.EMAIL, "role" + random.nextInt(2), true));
      }
      int weak = strong == 0 ? random.nextInt(3) : random.nextInt(3) / 2;
      for (int w = 0; w < weak; w++) {
        identifiers.add(
            new Identifier(
                w == 0 ? IdentifierType.ANONYMOUS_ID : IdentifierType.FBP,
                "w" + skewed(random, devices)));
      }
      if (identifiers.isEmpty()) {
        identifiers.add(new Identifier(IdentifierType.MADID, "m" + random.nextInt(3)));
      }
      Map<Purpose, Boolean> stated = new HashMap<>();
      if (random.nextInt(4) == 0) {
        stated.put(Purpose.ADS, random.nextBoolean());
      }
      // no two at the same moment
      story.add(
          "e" + i, Duration.ofHours(random.nextInt(24 * 60)).plusSeconds(i), identifiers, stated);
    }
    return story;
  }

  /** The first are met more often than the last. */
  private static int skewed(Random random, int bound) {
    return Math.min(random.nextInt(bound), random.nextInt(bound));
  }

  Story add(String id, Duration after, Set<Identifier> identifiers, Map<Purpose, Boolean> stated) {
    List<Identifier> sorted =
        identifiers.stream().sorted(Comparator.comparing(Identifier::type)).toList();
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

  Oracle oracle() {
    return new Oracle(events, RunningIdentity.MOST_OTHERS, Set.of());
  }

  /** What each event's person stated last on ads; of two at once the no. */
  Map<EventKey, Boolean> ads() {
    Map<EventKey, Set<?>> people = oracle().clusters();
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
}
