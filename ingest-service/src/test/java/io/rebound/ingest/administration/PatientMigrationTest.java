package io.rebound.ingest.administration;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

class PatientMigrationTest {
  private final Database database = TestServers.postgres().createDatabase("ingest");
  private final PatientMigration migration = new PatientMigration();

  @Test
  void a_server_that_does_not_answer_is_waited_for() {
    Flyway flyway = flyway("jdbc:postgresql://127.0.0.1:" + TestServers.freePort() + "/ingest");

    assertThatCode(() -> migration.migrate(flyway)).doesNotThrowAnyException();

    migration.destroy();
  }

  @Test
  void a_server_without_the_database_keeps_the_service_from_starting() {
    Flyway flyway = flyway(database.jdbcUrl().replaceFirst("/[^/]+$", "/nowhere"));

    assertThatThrownBy(() -> migration.migrate(flyway)).isInstanceOf(FlywayException.class);
  }

  private Flyway flyway(String url) {
    return Flyway.configure()
        .dataSource(url, database.user(), database.password())
        .locations("classpath:db/ingest")
        .load();
  }
}
