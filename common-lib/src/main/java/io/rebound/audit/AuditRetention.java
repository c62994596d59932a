package io.rebound.audit;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends what has been kept long enough. First one transaction says, in the chain and at its head, up
 * to which link it is removed; then the links go in small steps, in this run or a later one.
 */
final class AuditRetention {
  private static final Logger log = LoggerFactory.getLogger(AuditRetention.class);
  private static final int STEP = 5_000;

  private final AuditTable table;
  private final AuditLog audit;
  private final TransactionOperations transactions;
  private final Clock clock;
  private final Duration retention;

  AuditRetention(
      AuditTable table,
      AuditLog audit,
      TransactionOperations transactions,
      Clock clock,
      Duration retention) {
    this.table = table;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
    this.retention = retention;
  }

  @Scheduled(fixedDelayString = "P1D", initialDelayString = "PT10M")
  void sweep() {
    try {
      transactions.executeWithoutResult(_ -> moveOn());
      while (table.sweep(STEP) > 0) {
        // each step is a transaction of its own
      }
    } catch (DataAccessException | TransactionException e) {
      log.atWarn().log("The audit's database is away; its retention comes again tomorrow");
    }
  }

  private void moveOn() {
    ChainHead last = table.expired(clock.instant().minus(retention));
    if (last.equals(ChainHead.GENESIS)) {
      return;
    }
    table.beginBehind(last);
    audit.append(
        AuditEntry.system(AuditAction.AUDIT_EXPIRED, Subject.all("audit"), Ground.RETENTION)
            .with("head", last));
    log.atInfo().addKeyValue("head", last).log("Audit entries up to here reached their retention");
  }
}
