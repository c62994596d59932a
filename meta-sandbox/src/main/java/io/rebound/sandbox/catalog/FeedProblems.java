package io.rebound.sandbox.catalog;

import io.rebound.sandbox.catalog.ItemRules.Flaw;
import io.rebound.sandbox.graph.Answer;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with a feed's file and its rows: counted by type, told up to a bound. */
final class FeedProblems {
  private static final int MOST_TOLD = 1_000;

  private final ObjectNode totals = Answer.object();
  private final ArrayNode told = Answer.object().putArray("told");
  private final Set<Long> invalidRows = new LinkedHashSet<>();
  private int errors;
  private int warnings;

  /** The file as a whole is no good. */
  void file(String type, String message) {
    tell(0, "", type, true, message, "");
  }

  /** A row with a fatal flaw isn't taken; else its field is left out. */
  void row(long row, String id, Flaw flaw) {
    tell(row, id, flaw.type(), flaw.fatal(), flaw.message(), flaw.field());
    if (flaw.fatal()) {
      invalidRows.add(row);
    }
  }

  /** A row that isn't taken for another reason than a field. */
  void row(long row, String id, String type, String message) {
    tell(row, id, type, true, message, "id");
    invalidRows.add(row);
  }

  private void tell(long row, String id, String type, boolean fatal, String message, String field) {
    if (fatal) {
      errors++;
    } else {
      warnings++;
    }
    totals.put(type, totals.path(type).asInt(0) + 1);
    if (told.size() < MOST_TOLD) {
      told.addObject()
          .put("row", row)
          .put("retailer_id", id)
          .put("type", type)
          .put("severity", fatal ? "fatal" : "warning")
          .put("message", message)
          .put("field", field);
    }
  }

  /** Writes what there is into an upload session. */
  void into(ObjectNode upload) {
    upload
        .put("num_invalid_items", invalidRows.size())
        .put("error_count", errors)
        .put("warning_count", warnings);
    upload.set("problems", told);
    upload.set("totals", totals);
  }
}
