package io.rebound.identity.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Sealed;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.sightings.Generations;
import io.rebound.identity.sightings.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BroughtTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final List<Identifier> WHO =
      List.of(new Identifier(IdentifierType.EMAIL, "somebody"));
  private static final UUID ID = new UUID(1, 1);

  /** What is compared with is everything that came before, not what is remembered of it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void what_is_passed_over_is_no_better_than_what_came_before_it(int seed) {
    var random = new Random(seed);
    int passedOver = 0;
    for (int story = 0; story < 2_000; story++) {
      Map<Envelope.Kind, Envelope> best = new EnumMap<>(Envelope.Kind.class);
      Brought brought = Brought.NOTHING;
      for (int number = 0; number < 12; number++) {
        Sighting sighting = any(random, number);
        if (brought.covers(sighting)) {
          passedOver++;
          for (Envelope envelope : envelopes(sighting)) {
            assertThat(best).containsKey(envelope.kind());
            assertThat(Envelope.ORDER.compare(envelope, best.get(envelope.kind()))).isNegative();
          }
        } else {
          brought = brought.and(Brought.by(sighting));
          envelopes(sighting)
              .forEach(one ->
                  best.merge(
                      one.kind(),
                      one,
                      (was, is) -> Envelope.ORDER.compare(was, is) >= 0 ? was : is));
        }
      }
    }
    assertThat(passedOver).isGreaterThan(2_000);
  }

  @Test
  void of_a_days_events_with_the_same_the_first_is_enough() {
    Brought brought = Brought.by(sighting("a", START.plusSeconds(10), 4, 3));

    assertThat(brought.covers(sighting("b", START.plusSeconds(11), 4, 3))).isTrue();
    assertThat(brought.covers(sighting("c", START.plusSeconds(11), 4, 0))).isTrue();
    assertThat(brought.covers(sighting("d", START.plusSeconds(9), 4, 3))).isFalse();
    assertThat(brought.covers(sighting("e", START.plusSeconds(11), 5, 0))).isFalse();
    assertThat(brought.covers(sighting("f", START.plus(Duration.ofDays(1)), 1, 0))).isFalse();
    assertThat(brought.covers(sighting("g", START.minusSeconds(1), 9, 9))).isTrue();
    assertThat(
            Brought.by(sighting("a", START, 4, 0))
                .covers(sighting("h", START.minusSeconds(1), 9, 9)))
        .isFalse();
  }

  private static Sighting any(Random random, int number) {
    Instant at =
        START.plus(Duration.ofHours(8L * random.nextInt(6))).plusSeconds(random.nextInt(3));
    return sighting("event-" + number, at, random.nextInt(4), random.nextInt(4));
  }

  private static List<Envelope> envelopes(Sighting sighting) {
    var envelopes = new java.util.ArrayList<Envelope>();
    if (sighting.event().matchKeys() != null) {
      envelopes.add(
          Envelope.of(ID, Envelope.Kind.MATCH_KEYS, sighting, sighting.event().matchKeys()));
    }
    if (sighting.event().contact() != null) {
      envelopes.add(Envelope.of(ID, Envelope.Kind.CONTACT, sighting, sighting.event().contact()));
    }
    return envelopes;
  }

  private static Sighting sighting(String id, Instant at, int matchKeys, int contact) {
    var event =
        new TrackedEvent(
            "shop",
            id,
            "Purchase",
            at,
            at,
            ActionSource.WEBSITE,
            null,
            WHO,
            new ConsentStatement(Map.of(), Map.of()),
            sealed(matchKeys),
            null,
            sealed(contact),
            Map.of());
    return Sighting.of(event, Generations.first(WHO));
  }

  private static @Nullable Sealed sealed(int size) {
    return size == 0 ? null : new Sealed("k", "b".repeat(size));
  }
}
