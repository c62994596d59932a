package io.rebound.consumption;

import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.TransactionException;

/** Whose fault it is that a batch failed, which decides what happens to it. */
enum FailureKind {
  /** Somebody else owns the partition: read the position again, never repeat the batch. */
  STALE,
  /**
   * A server is away or overloaded, or the schema isn't what the code expects: retried for ever.
   */
  INFRASTRUCTURE,
  /** A record's own content: found by halving, then put into the dead letters. */
  DATA;

  /**
   * Classes of SQLSTATE that say nothing about the data: connection, rollback (serialization,
   * deadlock), resources, limits, object state, operator, system, access, configuration, internal.
   */
  private static final Set<String> INFRASTRUCTURE_STATES =
      Set.of("08", "25", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "F0", "XX");

  static FailureKind of(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StaleOwner) {
        return STALE;
      }
      if (cause instanceof SQLException sql) {
        return ofState(sql.getSQLState());
      }
    }
    return switch (failure) {
      case TransientDataAccessException _,
          DataAccessResourceFailureException _,
          BadSqlGrammarException _,
          TransactionException _,
          KafkaException _ ->
          INFRASTRUCTURE;
      case DataAccessException _ -> DATA;
      case VirtualMachineError e when !(e instanceof StackOverflowError) -> INFRASTRUCTURE;
      default -> DATA;
    };
  }

  private static FailureKind ofState(@Nullable String state) {
    return state == null || INFRASTRUCTURE_STATES.contains(state.substring(0, 2))
        ? INFRASTRUCTURE
        : DATA;
  }
}
