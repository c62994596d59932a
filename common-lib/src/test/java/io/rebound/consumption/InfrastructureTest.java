package io.rebound.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that is away is no record's fault: the batch is tried again until it is back. */
class InfrastructureTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_database_that_goes_away_and_comes_back_loses_nothing() throws SQLException {
    Instance instance = world.instance().batchesOf(20).start();
    Set<String> sent = new HashSet<>(world.send("before", 50));
    world.awaitQuiet();

    allowConnections(false);
    sent.addAll(world.send("away", 200));
    await().atMost(World.PATIENCE).until(() -> instance.counted("failures_total") >= 2);
    allowConnections(true);
    sent.addAll(world.send("after", 50));
    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(instance.counted("dead_letters_total")).isZero();
    assertThat(world.published()).containsAll(sent);
  }

  @Test
  void a_locked_table_delays_and_kills_no_record() throws SQLException {
    Instance instance = world.instance().transactionTimeout(Duration.ofMillis(200)).start();
    Set<String> sent;
    try (Connection locking = world.dataSource.getConnection()) {
      locking.setAutoCommit(false);
      try (var statement = locking.createStatement()) {
        statement.execute("lock table tally in access exclusive mode");
      }
      sent = world.send("a", 100);
      await().atMost(World.PATIENCE).until(() -> instance.counted("failures_total") >= 2);
      locking.rollback();
    }

    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(instance.counted("dead_letters_total")).isZero();
  }

  @Test
  void a_table_that_is_missing_is_the_installations_fault_and_no_records() {
    Instance instance = world.instance().start();
    world.jdbc.sql("alter table tally rename to elsewhere").update();
    Set<String> sent = world.send("a", 20);
    await().atMost(World.PATIENCE).until(() -> instance.counted("failures_total") >= 2);

    world.jdbc.sql("alter table elsewhere rename to tally").update();
    world.awaitQuiet();

    world.assertTakenOnce(sent);
    assertThat(instance.counted("dead_letters_total")).isZero();
  }

  private void allowConnections(boolean allow) throws SQLException {
    String name = world.database.jdbcUrl().substring(world.database.jdbcUrl().lastIndexOf('/') + 1);
    String server = world.database.jdbcUrl().replace("/" + name, "/postgres");
    try (Connection admin =
            DriverManager.getConnection(server, world.database.user(), world.database.password());
        var statement = admin.createStatement()) {
      statement.execute("alter database \"" + name + "\" allow_connections " + allow);
      if (!allow) {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                + name
                + "'");
      }
    }
  }
}
