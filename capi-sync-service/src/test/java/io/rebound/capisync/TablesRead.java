package io.rebound.capisync;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds that statements find their rows by an index though the table was never analysed. */
public final class TablesRead {
  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final String table;

  public TablesRead(String table) {
    this.table = table;
  }

  /** Fills the table in a transaction that is rolled back, and runs what isn't to scan it. */
  public void withoutScan(String fill, Runnable... statements) {
    JdbcClient jdbc = capiSync.bean(JdbcClient.class);
    capiSync
        .bean(org.springframework.transaction.support.TransactionTemplate.class)
        .executeWithoutResult(transaction -> {
          transaction.setRollbackOnly();
          jdbc.sql(fill).update();
          for (int number = 0; number < statements.length; number++) {
            long before = scanned(jdbc);
            statements[number].run();
            assertThat(scanned(jdbc) - before).as("rows scanned by number " + number).isZero();
          }
        });
  }

  private long scanned(JdbcClient jdbc) {
    return jdbc.sql("select seq_tup_read from pg_stat_xact_user_tables where relname = :table")
        .param("table", table)
        .query(Long.class)
        .single();
  }
}
