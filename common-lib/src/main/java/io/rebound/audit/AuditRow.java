package io.rebound.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A row of the table of entries as a link. */
final class AuditRow {
  private static final JsonMapper JSON = JsonMapper.shared();

  private AuditRow() {}

  static AuditLink link(ResultSet row) throws SQLException {
    return new AuditLink(
        row.getLong("seq"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject_type"),
        row.getString("subject_id"),
        row.getString("salt"),
        row.getString("seal"),
        row.getString("ground"),
        details(JSON.readTree(row.getString("details"))),
        row.getString("prev"),
        row.getString("own"));
  }

  private static SortedMap<String, String> details(JsonNode json) {
    var details = new TreeMap<String, String>();
    // what isn't a text wasn't written by us: the hash then says so
    json.forEachEntry((name, value) ->
        details.put(name, value.isString() ? value.stringValue() : "not a text: " + value));
    return details;
  }
}
