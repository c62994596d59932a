package io.rebound.ingest.sources;

import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes of sources and keys, made known to all instances. */
@Component
final class SourceChanges {
  private final TransactionTemplate transactions;
  private final SourceTable table;
  private final Sources sources;

  SourceChanges(PlatformTransactionManager transactions, SourceTable table, Sources sources) {
    this.transactions = new TransactionTemplate(transactions);
    this.table = table;
    this.sources = sources;
  }

  /** In one transaction; after it this instance goes by the change. */
  void make(Instant at, Runnable change) {
    transactions.executeWithoutResult(_ -> {
      change.run();
      table.changed(at);
    });
    sources.refresh();
  }
}
