package io.rebound.audit;

import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the whole chain, in memory that doesn't grow with it, and says whether it is intact. */
final class AuditVerifier {
  private final AuditTable table;
  private final AuditMeters meters;
  private final TransactionTemplate reading;

  AuditVerifier(AuditTable table, AuditMeters meters, PlatformTransactionManager transactions) {
    this.table = table;
    this.meters = meters;
    this.reading = new TransactionTemplate(transactions);
    reading.setReadOnly(true);
    // one picture of both ends and everything between, whatever is appended or expires meanwhile
    reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /**
   * Walks through the chain.
   *
   * @param noted a head that must still hold; null if none
   */
  AuditVerification verify(@Nullable ChainHead noted) {
    AuditVerification result = java.util.Objects.requireNonNull(reading.execute(_ -> walk(noted)));
    meters.verified(result);
    return result;
  }

  private AuditVerification walk(@Nullable ChainHead noted) {
    ChainHead head = table.head();
    ChainHead removed = table.removed();
    meters.length(head.seq() - removed.seq());
    var walk = new ChainWalk(removed, noted);
    try (Stream<AuditLink> links = table.behind(removed.seq())) {
      Iterator<AuditLink> each = links.iterator();
      boolean whole = true;
      while (whole && each.hasNext()) {
        whole = walk.follow(each.next());
      }
    }
    return walk.end(head);
  }
}
