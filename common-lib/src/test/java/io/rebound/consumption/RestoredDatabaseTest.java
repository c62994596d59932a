package io.rebound.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database restored to an earlier moment catches up from Kafka by itself. */
class RestoredDatabaseTest {
  private final World world = new World();
  private final Set<String> sent = new HashSet<>();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_restored_database_takes_what_is_missing_and_knows_that_it_is_repeated() {
    Instance before = world.instance().start();
    consume("backed-up", 100);
    backUp();
    Set<String> missing = consume("missing", 100);
    awaitShown(200);
    before.close();
    restore();

    Instance after = world.instance().start();
    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(after.tally().repeated()).hasSize(100).containsAll(missing);
    consume("new", 50);
    world.assertTakenOnce(sent);
    assertThat(after.tally().repeated()).hasSize(100);
  }

  @Test
  void a_database_restored_under_a_running_service_catches_up_as_well() {
    Instance instance = world.instance().start();
    consume("backed-up", 100);
    backUp();
    consume("missing", 100);
    awaitShown(200);

    restore();
    consume("new", 50);

    world.assertTakenOnce(sent);
    assertThat(instance.tally().repeated()).hasSizeGreaterThanOrEqualTo(100);
    assertThat(instance.counted("dead_letters_total")).isZero();
  }

  @Test
  void the_next_owner_knows_of_the_restore_too_when_the_first_stops_halfway() throws Exception {
    Instance before = world.instance().start();
    consume("backed-up", 30);
    backUp();
    Set<String> missing = consume("missing", 300);
    awaitShown(330);
    before.close();
    restore();

    var enough = new CountDownLatch(5);
    var stopped = new CountDownLatch(1);
    Instance halfway =
        world
            .instance()
            .batchesOf(10)
            .handledBy(tally ->
                batch -> {
                  if (enough.getCount() == 0) {
                    awaitEnd(stopped);
                    throw new org.springframework.dao.QueryTimeoutException("stopping, on purpose");
                  }
                  enough.countDown();
                  return tally.handle(batch);
                })
            .start();
    assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
    Thread stop = Thread.startVirtualThread(halfway.consumption()::stop);
    stopped.countDown();
    stop.join();
    assertThat(world.position()).isLessThan(330);
    Instance after = world.instance().start();
    world.awaitQuiet();

    world.assertTakenOnce(sent);
    var repeated = new HashSet<>(halfway.tally().repeated());
    repeated.addAll(after.tally().repeated());
    assertThat(repeated).containsAll(missing);
    assertThat(after.tally().repeated()).isNotEmpty();
  }

  private static void awaitEnd(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<String> consume(String prefix, int count) {
    Set<String> ids = world.send(prefix, count);
    sent.addAll(ids);
    world.awaitQuiet();
    return ids;
  }

  /** Kafka is shown the position a moment later. */
  private void awaitShown(long offsets) {
    try (Admin admin = world.clients.admin()) {
      await()
          .atMost(World.PATIENCE)
          .until(() ->
              admin
                      .listConsumerGroupOffsets(world.service)
                      .partitionsToOffsetAndMetadata()
                      .get()
                      .values()
                      .stream()
                      .mapToLong(offset -> offset.offset())
                      .sum()
                  == offsets);
    }
  }

  private static final Map<String, String> TABLES =
      Map.of("consumer_position", "position_then", "tally", "tally_then");

  private void backUp() {
    TABLES.forEach(
        (table, then) -> world.jdbc.sql("create table " + then + " as table " + table).update());
  }

  private void restore() {
    world
        .jdbc
        .sql(
            """
            with old as (delete from tally where id not in (select id from tally_then))
            update consumer_position as now set next_offset = was.next_offset, epoch = was.epoch
            from position_then as was
            where now.topic = was.topic and now.partition_no = was.partition_no
            """)
        .update();
  }
}
