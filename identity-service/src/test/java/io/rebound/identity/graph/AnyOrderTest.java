package io.rebound.identity.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.Consents;
import io.rebound.events.EventKey;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The result is a function of the events, never of their order, their batches or their repeats. */
class AnyOrderTest {
  private static final Instant NOW = Story.START.plusSeconds(70 * 86_400L);

  static java.util.stream.LongStream seeds() {
    return java.util.stream.LongStream.range(1, 21);
  }

  @BeforeEach
  void nothingSeen() {
    RunningIdentity.get().forgetEverything();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_event_finds_the_person_that_connected_components_say(long seed) {
    Story story = Story.random(seed);
    World world = told(story, new Random(seed), false);

    Map<EventKey, UUID> owners = world.owners();
    assertSamePeople(owners, story.oracle().clusters());
  }

  /** The same people, whatever they are called. */
  static void assertSamePeople(Map<EventKey, UUID> owners, Map<EventKey, Set<?>> people) {
    assertThat(owners.keySet()).isEqualTo(people.keySet());
    Map<UUID, Set<?>> byId = new HashMap<>();
    people.forEach((event, person) ->
        assertThat(byId.merge(owners.get(event), person, (one, _) -> one))
            .as("%s", event)
            .isEqualTo(person));
    assertThat(Set.copyOf(byId.values())).hasSize(byId.size());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_ids_are_the_same_in_every_order(long seed) {
    Story story = Story.random(seed);
    Map<EventKey, UUID> once = told(story, new Random(seed), false).owners();
    RunningIdentity.get().forgetEverything();

    assertThat(told(story, new Random(seed + 1000), true).owners()).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_latest_statement_of_all_of_a_persons_identifiers_holds(long seed) {
    Story story = Story.random(seed);
    World world = told(story, new Random(seed), true);

    Map<EventKey, UUID> owners = world.owners();
    story
        .ads()
        .forEach((event, stated) -> {
          Consents consents = world.consents(owners.get(event));
          if (stated == null && story.oracle().isVisitor(event)) {
            // who stated something while held to be another visitor is left without a yes
          } else if (stated == null) {
            assertThat(consents.ads()).as("%s", event).isTrue(); // what the source assumes
          } else {
            assertThat(consents.ads()).as("%s", event).isEqualTo(stated);
            assertThat(consents.revision()).isPositive();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_database_restored_to_an_earlier_moment_comes_to_the_same(long seed) {
    Story story = Story.random(seed);
    var random = new Random(seed);
    World world = told(story, random, false);
    Map<EventKey, UUID> before = world.owners();
    // what was said stays said; identity has forgotten all and reads the topic again
    RunningIdentity.get().forgetEverything();
    List<TrackedEvent> again = shuffled(story.events(), new Random(seed + 7));
    inBatches(again, random, batch -> world.handle(batch, NOW, true));

    assertThat(world.owners()).isEqualTo(before);
    story
        .ads()
        .forEach((event, stated) -> {
          if (stated != null) {
            assertThat(world.consents(before.get(event)).ads()).isEqualTo(stated);
          }
        });
  }

  private static World told(Story story, Random random, boolean repeats) {
    var world = new World();
    List<TrackedEvent> events = new ArrayList<>(story.events());
    if (repeats) {
      events.addAll(story.events().subList(0, story.events().size() / 2));
    }
    inBatches(shuffled(events, random), random, batch -> world.handle(batch, NOW));
    return world;
  }

  static void inBatches(
      List<TrackedEvent> events,
      Random random,
      java.util.function.Consumer<List<TrackedEvent>> to) {
    int at = 0;
    while (at < events.size()) {
      int end = Math.min(events.size(), at + 1 + random.nextInt(12));
      to.accept(events.subList(at, end));
      at = end;
    }
  }

  static List<TrackedEvent> shuffled(List<TrackedEvent> events, Random random) {
    var shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
