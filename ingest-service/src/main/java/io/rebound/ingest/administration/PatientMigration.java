package io.rebound.ingest.administration;

import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Brings the tables up to date at start, or, where the database can't be reached then, as soon as
 * it can: the doors take events of configured sources without it. Any other failure keeps the
 * service from starting, as everywhere.
 */
@Component
final class PatientMigration implements FlywayMigrationStrategy, DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(PatientMigration.class);
  private static final long PAUSE_NANOS = 1_000_000_000L;
  // connection failures; and a server that starts, stops or has no connection left
  private static final Pattern UNREACHABLE = Pattern.compile("08...|57P0.|53300");

  private volatile boolean stopped;
  private volatile @Nullable Thread waiting;

  @Override
  public void migrate(Flyway flyway) {
    try {
      flyway.migrate();
    } catch (FlywayException failure) {
      if (!isUnreachable(failure)) {
        throw failure;
      }
      log.atError().log("The database can't be reached; its tables are made when it can");
      waiting =
          Thread.ofVirtual().name("ingest-migration").start(() -> migrateWhenReachable(flyway));
    }
  }

  private void migrateWhenReachable(Flyway flyway) {
    while (!stopped) {
      LockSupport.parkNanos(PAUSE_NANOS);
      try {
        flyway.migrate();
        log.atInfo().log("The database was reached and its tables are up to date");
        return;
      } catch (FlywayException failure) {
        if (!isUnreachable(failure)) {
          log.atError()
              .addKeyValue("failure", failure.getClass().getName())
              .log("The database's tables can't be made; restart the service to see why");
          return;
        }
      }
    }
  }

  private static boolean isUnreachable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && UNREACHABLE.matcher(sql.getSQLState()).matches()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void destroy() {
    stopped = true;
    Thread thread = waiting;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
