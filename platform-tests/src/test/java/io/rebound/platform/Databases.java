package io.rebound.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Every table of every database of a quickstart, as its PostgreSQL's superuser sees them. */
record Databases(int port) {
  /** The rows that mention any of these texts, each behind {@code database.table}. */
  List<String> mentioning(List<String> texts) throws SQLException {
    List<String> found = new ArrayList<>();
    rows((table, row) -> {
      if (texts.stream().anyMatch(row::contains)) {
        found.add(table + ": " + row);
      }
    });
    return found;
  }

  /** Every row of every table as text. */
  void rows(BiConsumer<String, String> reader) throws SQLException {
    for (String database :
        names("postgres", "select datname from pg_database where datallowconn")) {
      List<String> tables =
          names(
              database,
              """
              select format('%I.%I', schemaname, tablename) from pg_tables
              where schemaname <> 'information_schema'
              """);
      try (Connection connection = connect(database);
          var statement = connection.createStatement()) {
        for (String table : tables) {
          try (ResultSet rows = statement.executeQuery("select t::text from " + table + " t")) {
            while (rows.next()) {
              reader.accept(database + "." + table.replace("public.", ""), rows.getString(1));
            }
          }
        }
      }
    }
  }

  private List<String> names(String database, String query) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = connect(database);
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres");
  }
}
