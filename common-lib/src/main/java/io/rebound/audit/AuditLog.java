package io.rebound.audit;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The service's audit. Within a transaction an entry stands exactly if the transaction does: it is
 * written as the last thing before the commit, whatever the caller does after {@link #append},
 * because from then on every other transaction that audits waits. Without a transaction it is on
 * disk on return. Where entries can't be written, the caller fails: nothing happens, and nothing is
 * shown, without its entry. What is undone to a savepoint takes its entries with it.
 */
public final class AuditLog {
  private final AuditTable table;
  private final TransactionOperations transactions;
  private final Clock clock;
  private final AuditMeters meters;

  AuditLog(AuditTable table, TransactionOperations transactions, Clock clock, AuditMeters meters) {
    this.table = table;
    this.transactions = transactions;
    this.clock = clock;
    this.meters = meters;
  }

  /** One link for each entry, in their order. What happens to many at once is one entry. */
  public void append(AuditEntry... entries) {
    if (entries.length == 0) {
      return; // nobody waits for nothing
    }
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      waiting().addAll(List.of(entries));
    } else {
      transactions.executeWithoutResult(_ -> waiting().addAll(List.of(entries)));
    }
  }

  /**
   * No entry tells any more that it was about one of these persons, which an erasure asks for; the
   * chain stays whole. In the caller's transaction.
   */
  public void forget(Collection<UUID> persons) {
    table.forget(persons);
  }

  private List<AuditEntry> waiting() {
    for (TransactionSynchronization one : TransactionSynchronizationManager.getSynchronizations()) {
      if (one instanceof BeforeCommit ours) {
        return ours.entries;
      }
    }
    var ours = new BeforeCommit();
    TransactionSynchronizationManager.registerSynchronization(ours);
    return ours.entries;
  }

  /** What one transaction did, until it commits. */
  private final class BeforeCommit implements TransactionSynchronization {
    private final List<AuditEntry> entries = new ArrayList<>();
    private final Map<Object, Integer> before = new IdentityHashMap<>();

    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void savepoint(Object savepoint) {
      before.put(savepoint, entries.size());
    }

    // one that was made before the first entry isn't known here: then all of them came after it
    @Override
    public void savepointRollback(Object savepoint) {
      entries.subList(before.getOrDefault(savepoint, 0), entries.size()).clear();
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      if (!entries.isEmpty()) {
        table.append(entries, clock.instant());
      }
    }

    @Override
    public void afterCommit() {
      meters.appended(entries);
    }
  }
}
