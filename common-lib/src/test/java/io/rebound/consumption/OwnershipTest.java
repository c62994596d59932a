package io.rebound.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only the owner of a partition's newest epoch commits. */
class OwnershipTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void each_assignment_raises_the_epoch() {
    world.instance().start();
    await().atMost(World.PATIENCE).until(() -> epochs() == World.PARTITIONS);

    world.instance().start();

    // all partitions are given out anew when a second member comes
    await().atMost(World.PATIENCE).until(() -> epochs() >= 2 * World.PARTITIONS);
  }

  @Test
  void an_owner_whose_partition_was_taken_reads_the_position_again_and_repeats_nothing() {
    Instance instance = world.instance().batchesOf(10).start();
    Set<String> sent = new HashSet<>();
    for (int round = 0; round < 5; round++) {
      sent.addAll(world.send("round-" + round, 100));
      world.jdbc.sql("update consumer_position set epoch = epoch + 1").update();
    }
    sent.addAll(world.send("last", 30));

    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(instance.counted("stale_total")).isPositive();
    assertThat(instance.counted("dead_letters_total")).isZero();
  }

  @Test
  void a_frozen_owner_loses_its_transaction_and_its_partitions_to_the_next()
      throws InterruptedException {
    var frozen = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    var once = new AtomicBoolean(true);
    Instance first =
        world
            .instance()
            .transactionTimeout(Duration.ofMillis(500))
            .client("max.poll.interval.ms", "1000")
            .handledBy(tally ->
                batch -> {
                  Outgoing outgoing = tally.handle(batch);
                  if (once.getAndSet(false)) {
                    frozen.countDown();
                    awaitThaw(thaw);
                  }
                  return outgoing;
                })
            .start();
    Set<String> sent = new HashSet<>(world.send("frozen", 30));
    assertThat(frozen.await(20, TimeUnit.SECONDS)).isTrue();

    world.instance().start();
    sent.addAll(world.send("later", 30));
    world.awaitQuiet();
    world.assertTakenOnce(sent);

    thaw.countDown();
    await().atMost(World.PATIENCE).until(() -> first.counted("failures_total") > 0);
    sent.addAll(world.send("thawed", 30));
    world.awaitQuiet();
    world.assertTakenOnce(sent);
    assertThat(first.counted("dead_letters_total")).isZero();
  }

  private static void awaitThaw(CountDownLatch thaw) {
    try {
      assertThat(thaw.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long epochs() {
    return world.number("select coalesce(sum(epoch), 0) from consumer_position");
  }
}
