package io.rebound.localservers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every row of every table as text, for tests that look for what must not be anywhere. */
public final class DatabaseDump {
  private DatabaseDump() {}

  /**
   * The rows of each table of the database, bytes as the characters they are.
   *
   * @throws IllegalStateException if the database can't be read
   */
  public static Map<String, List<String>> of(Database database) {
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      var dump = new TreeMap<String, List<String>>();
      for (Map.Entry<String, String> query : queries(statement).entrySet()) {
        dump.put(query.getKey(), texts(statement, query.getValue()));
      }
      return dump;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> queries(Statement statement) throws SQLException {
    var queries = new TreeMap<String, String>();
    try (ResultSet tables =
        statement.executeQuery(
            """
            select c.relname, format('select concat_ws('' | '', %s) from %I.%I',
                string_agg(format(
                  case when a.atttypid = 'bytea'::regtype then 'encode(%I, ''escape'')'
                       else '%I::text' end, a.attname), ', ' order by a.attnum),
                n.nspname, c.relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind = 'r' and n.nspname = 'public'
            group by n.nspname, c.relname
            """)) {
      while (tables.next()) {
        queries.put(tables.getString(1), tables.getString(2));
      }
    }
    return queries;
  }

  private static List<String> texts(Statement statement, String query) throws SQLException {
    var texts = new ArrayList<String>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** The tables that hold the text anywhere. */
  public static List<String> tablesWith(Database database, String text) {
    return of(database).entrySet().stream()
        .filter(table -> table.getValue().stream().anyMatch(row -> row.contains(text)))
        .map(Map.Entry::getKey)
        .toList();
  }
}
