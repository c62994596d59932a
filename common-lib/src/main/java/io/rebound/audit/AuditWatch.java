package io.rebound.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Verifies the chain every day, and every hour writes its head into the service's log: logs leave
 * the machine, and a chain that was cut off or made anew no longer has the heads that stand there.
 */
final class AuditWatch {
  private static final Logger log = LoggerFactory.getLogger(AuditWatch.class);

  private final AuditTable table;
  private final AuditVerifier verifier;
  private ChainHead logged = ChainHead.GENESIS;

  AuditWatch(AuditTable table, AuditVerifier verifier) {
    this.table = table;
    this.verifier = verifier;
  }

  /** Nothing, if the chain hasn't grown. */
  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
  synchronized void note() {
    try {
      ChainHead head = table.head();
      if (!head.equals(logged)) {
        log.atInfo().addKeyValue("head", head).log("The audit reaches up to here");
        logged = head;
      }
    } catch (DataAccessException e) {
      log.atWarn().log("The audit's database is away; its head is noted in an hour");
    }
  }

  @Scheduled(fixedDelayString = "P1D", initialDelayString = "PT15M")
  void verify() {
    try {
      AuditVerification result = verifier.verify(null);
      if (!result.intact()) {
        log.atError()
            .addKeyValue("entry", result.firstBroken())
            .addKeyValue("head", result.head())
            .log("The audit was tampered with; compare it with the heads in the logs and a backup");
      }
    } catch (DataAccessException | TransactionException e) {
      log.atWarn().log("The audit's database is away; it is verified tomorrow");
    }
  }
}
