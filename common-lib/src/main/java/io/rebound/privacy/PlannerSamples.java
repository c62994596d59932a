package io.rebound.privacy;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * PostgreSQL's planner keeps samples of what stands in a table's columns, ids and pseudonyms of
 * persons among them, until the table is analyzed again. PostgreSQL does that by itself once a
 * tenth of the rows has changed, which for a few erased persons may be never; so every table that
 * has changed is analyzed at least daily. What remains are the samples of a table that has become
 * empty: PostgreSQL replaces them when it has rows again.
 */
final class PlannerSamples {
  private static final Logger log = LoggerFactory.getLogger(PlannerSamples.class);
  private static final Duration OLDEST = Duration.ofHours(23); // it is looked every hour

  private final JdbcClient jdbc;

  PlannerSamples(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Scheduled(initialDelayString = "PT7M", fixedDelayString = "PT1H")
  void renewOld() {
    try {
      renewOlderThan(OLDEST);
    } catch (DataAccessException e) {
      log.warn("The database is away; the planner's samples are renewed with the next run");
    }
  }

  /** Whoever else analyzes the table just now does it for us. */
  void renewOlderThan(Duration age) {
    // after a crash PostgreSQL doesn't know any more what has changed since when
    jdbc.sql(
            """
            select format('%I.%I', t.schemaname, t.relname)
            from pg_stat_user_tables t join pg_class c on c.oid = t.relid
            where c.relowner = current_user::regrole
              and (t.last_analyze is null and t.last_autoanalyze is null
                or t.n_mod_since_analyze > 0
                  and greatest(t.last_analyze, t.last_autoanalyze)
                      < now() - make_interval(secs => :age))
            order by 1
            """)
        .param("age", age.toSeconds())
        .query(String.class)
        .list()
        .forEach(table -> jdbc.sql("analyze (skip_locked) " + table).update());
  }
}
