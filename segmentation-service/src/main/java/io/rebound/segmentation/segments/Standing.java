package io.rebound.segmentation.segments;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Definitions and edges stand still while anybody is judged by them. Without that, a person made by
 * a transaction that read the old ones could be missed by the walk that follows a change.
 */
@Repository
class Standing {
  private static final long LOCK = 0x7365676d656e7473L; // "segments"

  private final JdbcClient jdbc;

  Standing(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Nobody changes definitions or edges until this transaction ends. */
  void still() {
    jdbc.sql("select pg_advisory_xact_lock_shared(:lock)").param("lock", LOCK).query().listOfRows();
  }

  /** Waits until nobody judges, and keeps everybody from it until this transaction ends. */
  void change() {
    jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", LOCK).query().listOfRows();
  }
}
