package io.rebound.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** Which SQL statements took PostgreSQL longest, as its own {@code pg_stat_statements} counts. */
final class Statements {
  /** What the server must be started with. */
  static final Map<String, String> SETTINGS =
      Map.of("shared_preload_libraries", "pg_stat_statements");

  private static final int SHOWN = 25;

  private Statements() {}

  /** Counts from now on. */
  static void forget(int port) throws SQLException {
    try (Connection connection = connect(port);
        var statement = connection.createStatement()) {
      statement.execute("create extension if not exists pg_stat_statements");
      statement.execute("select pg_stat_statements_reset()");
    }
  }

  static void print(int port) throws SQLException {
    try (Connection connection = connect(port);
        var statement =
            connection.prepareStatement(
                """
                select datname, calls, rows, total_exec_time as took, wal_bytes / 1024 as wal,
                       100 * total_exec_time / sum(total_exec_time) over () as share,
                       regexp_replace(query, '\\s+', ' ', 'g') as text
                from pg_stat_statements s join pg_database d on d.oid = s.dbid
                order by total_exec_time desc limit ?
                """)) {
      statement.setInt(1, SHOWN);
      try (var row = statement.executeQuery()) {
        System.out.println("Statements that took longest");
        while (row.next()) {
          System.out.printf(
              "  %4.1f %%  %,8.0f ms  %,7d calls  %,9d rows  %,9d kB log  %-13s %.110s%n",
              row.getDouble("share"),
              row.getDouble("took"),
              row.getLong("calls"),
              row.getLong("rows"),
              row.getLong("wal"),
              row.getString("datname"),
              row.getString("text"));
        }
      }
    }
  }

  private static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
  }
}
