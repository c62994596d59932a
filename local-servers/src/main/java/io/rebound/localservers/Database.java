package io.rebound.localservers;

/** A PostgreSQL database and the role that owns it. */
public record Database(String jdbcUrl, String user, String password) {
  @Override
  public String toString() {
    return "Database[" + jdbcUrl + "]";
  }
}
