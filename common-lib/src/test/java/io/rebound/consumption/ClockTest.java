package io.rebound.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.consumption.ClockHandler.Tick;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is due by the clock runs on the thread that owns the partitions. */
class ClockTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void ticks_and_batches_of_a_partition_share_its_thread() {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    Set<Integer> partitions = ConcurrentHashMap.newKeySet();
    var busy = new AtomicInteger();
    var raced = new AtomicBoolean();
    world
        .instance()
        .batchesOf(10)
        .handledBy(tally ->
            batch -> {
              raced.compareAndSet(false, busy.incrementAndGet() > 1);
              threads.add(Thread.currentThread().getName());
              Outgoing outgoing = tally.handle(batch);
              busy.decrementAndGet();
              return outgoing;
            })
        .everySoOften((now, owned) -> {
          raced.compareAndSet(false, busy.incrementAndGet() > 1);
          threads.add(Thread.currentThread().getName());
          partitions.addAll(owned);
          busy.decrementAndGet();
          return Tick.nothing();
        })
        .start();
    Set<String> sent = world.send("a", 500);
    world.awaitQuiet();
    await().atMost(World.PATIENCE).until(() -> partitions.size() == World.PARTITIONS);

    assertThat(raced).isFalse();
    assertThat(threads).containsExactly(world.service + "-consumer-0");
    world.assertTakenOnce(sent);
  }

  @Test
  void two_instances_tick_for_partitions_of_their_own() {
    Set<Integer> first = ConcurrentHashMap.newKeySet();
    Set<Integer> second = ConcurrentHashMap.newKeySet();
    world.instance().everySoOften((now, owned) -> seen(first, owned)).start();
    world.instance().everySoOften((now, owned) -> seen(second, owned)).start();

    await()
        .atMost(World.PATIENCE)
        .until(() -> {
          var all = new HashSet<>(first);
          all.addAll(second);
          return all.size() == World.PARTITIONS
              && !second.isEmpty()
              && first.stream().noneMatch(second::contains);
        });
  }

  private static Tick seen(Set<Integer> latest, Set<Integer> owned) {
    latest.retainAll(owned);
    latest.addAll(owned);
    return Tick.nothing();
  }

  @Test
  void what_a_tick_says_is_sent_and_more_is_asked_for_at_once() {
    var ticks = new AtomicInteger();
    world
        .instance()
        .everySoOften((now, owned) -> {
          int tick = ticks.incrementAndGet();
          if (tick > 5) {
            return Tick.nothing();
          }
          var outgoing = new Outgoing();
          outgoing.send(world.out, "tick-" + tick, Counted.once("tick-" + tick));
          return new Tick(outgoing, tick < 5);
        })
        .start();

    await().atMost(World.PATIENCE).until(() -> ticks.get() > 5);
    world.awaitQuiet();

    assertThat(world.published())
        .containsExactlyInAnyOrder("tick-1", "tick-2", "tick-3", "tick-4", "tick-5");
  }

  @Test
  void a_tick_that_fails_holds_up_no_records() {
    Instance instance =
        world
            .instance()
            .everySoOften((now, owned) -> {
              throw new IllegalStateException("on purpose");
            })
            .start();
    Set<String> sent = world.send("a", 50);

    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(instance.counted("failures_total")).isPositive();
    assertThat(instance.counted("dead_letters_total")).isZero();
  }
}
