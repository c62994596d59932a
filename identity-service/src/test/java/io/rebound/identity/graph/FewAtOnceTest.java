package io.rebound.identity.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.identity.RunningIdentity;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What gives more events to others than one transaction should is done in several. */
class FewAtOnceTest {
  private static final Instant NOW = Story.START.plusSeconds(70 * 86_400L);
  private static RunningIdentity identity;

  @BeforeAll
  static void start() throws Exception {
    identity = RunningIdentity.idle(Map.of("rebound.identity.events.at-once", 1));
  }

  @AfterAll
  static void stop() {
    identity.stop();
  }

  @Test
  void events_that_wait_to_be_looked_at_again_find_the_same_persons() {
    var steps = new AtomicInteger();
    for (long seed = 1; seed <= 20; seed++) {
      identity.forgetEverything();
      Story story = Story.random(seed);
      var world = new World(identity);
      var random = new Random(seed);

      AnyOrderTest.inBatches(
          AnyOrderTest.shuffled(story.events(), random),
          random,
          batch -> {
            world.handle(batch, NOW);
            if (random.nextInt(4) == 0) { // mostly the next batch comes before the rest
              steps.addAndGet(world.tend(NOW) - 1);
            }
          });
      steps.addAndGet(world.tend(NOW) - 1);

      AnyOrderTest.assertSamePeople(world.owners(), story.oracle().clusters());
    }
    assertThat(steps).as("further steps that were needed").hasValueGreaterThan(20);
  }
}
