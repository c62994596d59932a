package io.rebound.segmentation.behaviour;

import io.rebound.events.PersonEvent;
import io.rebound.segmentation.Segmentation;
import io.rebound.segmentation.TestSegments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes, in whatever order, however often and cut into whatever batches, what it comes to
 * in the end follows from the messages and the time alone.
 */
class AnyOrderTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void the_order_of_arrival_doesnt_show(long seed) {
    var random = new Random(seed);
    List<PersonEvent> messages = RandomMessages.before(NOW, random);
    try (var segmentation = new Segmentation(NOW)) {
      TestSegments.putAll(segmentation);
      deliver(messages, random, segmentation);
      segmentation.settleAfter(Duration.ofSeconds(6));
      Comparison.check(segmentation, messages);

      // nothing happens but time
      for (int i = 0; i < 4; i++) {
        segmentation.settleAfter(Duration.ofMinutes(1 + random.nextInt(900)));
        Comparison.check(segmentation, messages);
      }
    }
  }

  private static void deliver(
      List<PersonEvent> messages, Random random, Segmentation segmentation) {
    List<PersonEvent> delivered = new ArrayList<>(messages);
    for (int i = 0; i < messages.size() / 3; i++) {
      delivered.add(messages.get(random.nextInt(messages.size())));
    }
    Collections.shuffle(delivered, random);
    int from = 0;
    while (from < delivered.size()) {
      int to = Math.min(delivered.size(), from + 1 + random.nextInt(20));
      boolean repeated = random.nextInt(10) == 0; // as after a restore
      segmentation.consume(delivered.subList(from, to), repeated);
      if (random.nextInt(4) == 0) {
        segmentation.settleAfter(Duration.ofSeconds(random.nextInt(7)));
      }
      from = to;
    }
  }
}
