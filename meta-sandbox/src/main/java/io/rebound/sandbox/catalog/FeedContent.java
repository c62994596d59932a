package io.rebound.sandbox.catalog;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a feed's file has, by the shop's ids; an id that stands there twice counts as neither. */
final class FeedContent {
  final String feed;
  final boolean updateOnly;
  final boolean deletes;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Set<String> ids = new LinkedHashSet<>();
  private int detected;

  /**
   * @param updateOnly whether the given fields are laid over the items' others
   * @param deletes whether the feed's items that aren't in the file go
   */
  FeedContent(String feed, boolean updateOnly, boolean deletes) {
    this.feed = feed;
    this.updateOnly = updateOnly;
    this.deletes = deletes;
  }

  /** A row with its number in the file. */
  record Row(long number, ObjectNode fields) {}

  void row(long number, ObjectNode fields, FeedProblems problems) {
    detected++;
    String id = fields.path("id").asString("").strip();
    if (id.isEmpty() || id.length() > 100) {
      problems.row(number, id, "EMPTY_ID", "A required field is missing: id");
    } else if (ids.add(id)) {
      rows.put(id, new Row(number, fields));
    } else {
      Row first = rows.remove(id);
      if (first != null) {
        problems.row(first.number, id, "DUPLICATE_ID", "The id stands in the file more than once");
      }
      problems.row(number, id, "DUPLICATE_ID", "The id stands in the file more than once");
    }
  }

  Map<String, Row> rows() {
    return rows;
  }

  /** Whether the id stands in the file, in a good row or not. */
  boolean mentions(String id) {
    return ids.contains(id);
  }

  int detected() {
    return detected;
  }
}
