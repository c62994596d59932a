package io.rebound.consumption;

import org.springframework.transaction.support.TransactionOperations;

/** The three tables of consumption, and the transaction that ties them. */
record ConsumptionTables(
    Positions positions,
    Outbox outbox,
    DeadLetters deadLetters,
    TransactionOperations transactions) {

  BatchTransaction transaction(Streams streams) {
    return new BatchTransaction(streams, transactions, positions, outbox, deadLetters);
  }
}
