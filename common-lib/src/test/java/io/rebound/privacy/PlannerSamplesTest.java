package io.rebound.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PlannerSamplesTest {
  private final JdbcClient jdbc = JdbcClient.create(dataSource());
  private final PlannerSamples samples = new PlannerSamples(jdbc);
  private final UUID erased = UUID.randomUUID();

  @Test
  void nobody_who_was_deleted_stays_in_the_samples() {
    jdbc.sql("create table person (id uuid)").update();
    jdbc.sql("insert into person select gen_random_uuid() from generate_series(1, 90)").update();
    insertErased();
    samples.renewOlderThan(Duration.ofDays(1)); // nobody has analyzed it yet
    assertThat(sampled()).isTrue();

    // as few as PostgreSQL itself doesn't care for
    jdbc.sql("delete from person where id = :id").param("id", erased).update();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          samples.renewOlderThan(Duration.ZERO);
          assertThat(sampled()).isFalse();
        });
  }

  @Test
  void what_was_analyzed_lately_is_left_alone() {
    jdbc.sql("create table person (id uuid)").update();
    insertErased();
    samples.renewOlderThan(Duration.ofDays(1));
    long before = analyzed();

    insertErased();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            jdbc.sql(
                    """
                    select n_mod_since_analyze > 0 from pg_stat_user_tables
                    where relname = 'person'
                    """)
                .query(Boolean.class)
                .single());
    samples.renewOlderThan(Duration.ofDays(1));

    assertThat(before).isPositive();
    assertThat(analyzed()).isEqualTo(before);
  }

  private void insertErased() {
    jdbc.sql("insert into person values (:id)").param("id", erased).update();
  }

  private boolean sampled() {
    return jdbc.sql(
            """
            select exists (select from pg_stats
                           where tablename = 'person' and histogram_bounds::text like :id)
            """)
        .param("id", "%" + erased + "%")
        .query(Boolean.class)
        .single();
  }

  private long analyzed() {
    return jdbc.sql("select analyze_count from pg_stat_user_tables where relname = 'person'")
        .query(Long.class)
        .single();
  }

  private static DriverManagerDataSource dataSource() {
    Database database = TestServers.postgres().createDatabase("samples");
    return new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
  }
}
