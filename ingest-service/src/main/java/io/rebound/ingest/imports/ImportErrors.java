package io.rebound.ingest.imports;

import io.rebound.problems.Page;
import io.rebound.problems.PageRequest;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of rows at fault. */
@Repository
class ImportErrors {
  private final JdbcClient jdbc;

  ImportErrors(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(long importId, List<RowError> errors) {
    jdbc.sql(
            """
            insert into import_error (import_id, row_number, line, field, reason)
            select :id, * from unnest(:rows::bigint[], :lines::bigint[], :fields::text[], :reasons::text[])
            """)
        .param("id", importId)
        .param("rows", errors.stream().map(RowError::row).toArray(Long[]::new))
        .param("lines", errors.stream().map(RowError::line).toArray(Long[]::new))
        .param("fields", errors.stream().map(RowError::field).toArray(String[]::new))
        .param("reasons", errors.stream().map(RowError::reason).toArray(String[]::new))
        .update();
  }

  /** In the file's order. */
  Page<RowError> list(long importId, PageRequest page) {
    List<RowError> found =
        jdbc.sql(
                """
                select row_number, line, field, reason from import_error
                where import_id = :id and row_number > :after
                order by row_number
                limit :limit
                """)
            .param("id", importId)
            .param("after", page.afterNumber())
            .param("limit", page.oneMore())
            .query((row, _) ->
                new RowError(
                    row.getLong("row_number"),
                    row.getLong("line"),
                    row.getString("field"),
                    row.getString("reason")))
            .list();
    return Page.of(found, page, last -> String.valueOf(last.row()));
  }
}
