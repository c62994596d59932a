package io.rebound.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The promise itself: every record takes effect once, whoever consumes it. */
class ExactlyOnceTest {

  @Test
  void a_thousand_records_become_a_thousand_rows_and_a_thousand_messages() {
    try (var world = new World()) {
      Instance instance = world.instance().start();
      Set<String> sent = world.send("a", 1_000);

      world.awaitQuiet();

      world.assertTakenOnce(sent);
      assertThat(world.published()).hasSize(1_000).containsAll(sent);
      assertThat(instance.tally().repeated()).isEmpty();
      assertThat(instance.consumption().refusal()).isEmpty();
    }
  }

  @Test
  void instances_that_come_and_go_under_load_take_each_record_once() {
    try (var world = new World()) {
      Set<String> sent = new HashSet<>();
      Instance first = world.instance().batchesOf(20).start();
      sent.addAll(world.send("before", 500));
      Instance second = world.instance().batchesOf(20).threads(2).start();
      for (int round = 0; round < 10; round++) {
        sent.addAll(world.send("both-" + round, 200));
      }
      var rounds = new AtomicInteger();
      await() // the first may take all there is before the second has joined
          .atMost(World.PATIENCE)
          .until(() -> {
            sent.addAll(world.send("more-" + rounds.incrementAndGet(), 50));
            return second.counted("records_total") > 100;
          });
      first.close();
      sent.addAll(world.send("after", 500));

      world.awaitQuiet();

      world.assertTakenOnce(sent);
      assertThat(new HashSet<>(world.published())).isEqualTo(sent);
    }
  }
}
