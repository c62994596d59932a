package io.rebound.platform;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What names persons in tables: every id they go or went by, and the pseudonyms of their values.
 */
record Traces(List<String> texts) {
  /**
   * @param persons as {@code GET /v1/persons} shows them
   */
  static Traces of(List<JsonNode> persons) {
    List<String> texts = new ArrayList<>();
    for (JsonNode person : persons) {
      texts.add(person.path("person_id").asString());
      person.path("merged_from").forEach(id -> texts.add(id.asString()));
      person.path("identifiers").forEach(one -> texts.add(one.path("pseudonym").asString()));
    }
    return new Traces(texts);
  }

  /** The rows that hold one of them. */
  List<String> in(Databases databases) throws SQLException {
    return databases.mentioning(texts);
  }

  /**
   * Whether such a row may be there once they are erased: the suppression pseudonym, in the audit
   * too; ingest repeats an erasure for some minutes; the planner keeps samples for a day.
   */
  static boolean mayRemain(String row) {
    return row.startsWith("identity.erased_identifier: ")
        || row.contains(".erased_person: ")
        || row.startsWith("identity.audit_entry: ") && row.contains("person.erased")
        || row.startsWith("ingest.recent_erasure: ")
        || row.contains(".pg_catalog.pg_statistic: ");
  }
}
