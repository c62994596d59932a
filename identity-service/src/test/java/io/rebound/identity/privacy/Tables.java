package io.rebound.identity.privacy;

import io.rebound.identity.RunningIdentity;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole of identity's database as text. */
final class Tables {
  private Tables() {}

  /** Rows of all tables that contain one of these words, as {@code table: row}. */
  static List<String> rowsWith(List<String> words) {
    JdbcClient jdbc = RunningIdentity.get().bean(JdbcClient.class);
    var rows = new ArrayList<String>();
    List<String> tables =
        jdbc.sql(
                """
                select table_name from information_schema.tables
                where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
                """)
            .query(String.class)
            .list();
    for (String table : tables) {
      jdbc.sql("select t::text from \"" + table + "\" t")
          .query(String.class)
          .list()
          .forEach(row -> {
            // binary columns are written in hexadecimal
            if (words.stream().anyMatch(word -> row.contains(word) || row.contains(hex(word)))) {
              rows.add(table + ": " + row);
            }
          });
    }
    return rows;
  }

  private static String hex(String word) {
    return java.util.HexFormat.of()
        .formatHex(word.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
