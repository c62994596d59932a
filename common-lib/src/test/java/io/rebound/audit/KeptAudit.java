package io.rebound.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import io.rebound.problems.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** One test's audit on a real PostgreSQL, with a clock that the test moves. */
final class KeptAudit implements AutoCloseable {
  static final Duration RETENTION = Duration.ofDays(400);
  private static final AuditQuery ALL = AuditQuery.of(null, null, null, null, null);

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final JdbcClient jdbc;
  final TransactionTemplate transactions;
  final TransactionTemplate savepoint;
  final AuditLog log;
  final AuditTable table;
  final AuditVerifier verifier;
  final AuditRetention retention;
  private final HikariDataSource dataSource;
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00.123456Z");

  KeptAudit() {
    Database database = TestServers.postgres().createDatabase("audit");
    var config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(0);
    dataSource = new HikariDataSource(config);
    Flyway.configure().dataSource(dataSource).locations("classpath:db/audit").load().migrate();
    jdbc = JdbcClient.create(dataSource);
    var manager = new JdbcTransactionManager(dataSource);
    transactions = new TransactionTemplate(manager);
    savepoint = new TransactionTemplate(manager);
    savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    table = new AuditTable(jdbc);
    var auditMeters = new AuditMeters(meters, "small-service");
    log = new AuditLog(table, transactions, clock(), auditMeters);
    verifier = new AuditVerifier(table, auditMeters, manager);
    retention = new AuditRetention(table, log, transactions, clock(), RETENTION);
  }

  /** All that is kept, oldest first. */
  List<AuditLink> links() {
    return table.list(ALL, PageRequest.of(null, null, 100)).reversed();
  }

  AuditVerification verify() {
    return verifier.verify(null);
  }

  void clockMovesOn(Duration time) {
    now = now.plus(time);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
