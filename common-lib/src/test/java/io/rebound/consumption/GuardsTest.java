package io.rebound.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** Where the positions and the logs don't belong together, nothing is consumed. */
class GuardsTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_topic_that_was_made_anew_is_refused() throws Exception {
    consume();
    try (Admin admin = world.clients.admin()) {
      admin.deleteTopics(List.of(world.in.name())).all().get();
      await()
          .atMost(World.PATIENCE)
          .until(() -> !admin.listTopics().names().get().contains(world.in.name()));
      new TopicLogs(World.properties(p -> p), admin).createMissing(Set.of(world.in));
    }

    assertRefused("belongs to another log", world.in.name());
  }

  @Test
  void another_cluster_is_refused() {
    consume();
    world.jdbc.sql("update consumer_position set cluster_id = 'the-other-cluster'").update();

    assertRefused("belongs to another log", "the-other-cluster");
  }

  @Test
  void another_number_of_partitions_is_refused() {
    Instance instance = world.instance().expectingPartitions(World.PARTITIONS + 1);

    assertThatThrownBy(instance::start)
        .isInstanceOf(RefusedPosition.class)
        .hasMessageContaining("has 3 partitions, rebound.kafka.partitions says 4");
  }

  @Test
  void a_position_beyond_the_logs_end_is_refused() {
    consume();
    world.jdbc.sql("update consumer_position set next_offset = next_offset + 1000").update();

    assertRefused("lies outside Kafka's log");
  }

  @Test
  void a_position_before_the_logs_beginning_is_refused() throws Exception {
    consume();
    try (Admin admin = world.clients.admin()) {
      admin
          .deleteRecords(
              Map.of(World.partitions(world.in).getFirst(), RecordsToDelete.beforeOffset(-1)))
          .all()
          .get();
    }
    world.jdbc.sql("update consumer_position set next_offset = 0").update();

    assertRefused("lies outside Kafka's log (");
  }

  @Test
  void a_position_that_leaves_the_log_while_the_service_runs_stops_it_and_shows_in_its_health() {
    Instance instance = consuming();
    var health = new ConsumptionHealth(instance.consumption());
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);

    world
        .jdbc
        .sql("update consumer_position set next_offset = next_offset + 1000, epoch = epoch + 1")
        .update();
    world.send("more", 50);

    await().atMost(World.PATIENCE).until(() -> instance.consumption().refusal().isPresent());
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails().get("reason"))
        .asString()
        .contains("lies outside Kafka's log");
  }

  private Instance consuming() {
    Instance instance = world.instance().start();
    world.send("a", 100);
    world.awaitQuiet();
    return instance;
  }

  private void consume() {
    consuming().close();
  }

  private void assertRefused(String... said) {
    Instance instance = world.instance();
    assertThatThrownBy(instance::start)
        .isInstanceOf(RefusedPosition.class)
        .hasMessageContainingAll(said);
    assertThat(instance.consumption().isRunning()).isFalse();
  }
}
