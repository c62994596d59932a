package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.Answer;
import io.rebound.sandbox.graph.GraphError;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened to an audience without its owner's doing: set through the inspection, because a
 * test can't wait for Meta's reviewers.
 *
 * @param violating the fields Meta holds against an integrity policy; none if it isn't flagged
 * @param status the operation status to show in place of the one worked out; 0 for that one
 * @param shared whether the ad account may use the audience
 * @param deleted whether Meta deleted it, though its id is still known
 */
record Condition(List<String> violating, int status, boolean shared, boolean deleted) {
  private static final Set<String> FIELDS = Set.of("name", "description", "rule");

  static final Condition GOOD = new Condition(List.of(), 0, true, false);

  Condition {
    violating = List.copyOf(violating);
    if (!FIELDS.containsAll(violating)) {
      throw new IllegalArgumentException(
          "fields_violating_integrity_policy may name name, description and rule");
    }
    if (status != 0) {
      OperationStatus.of(status);
    }
  }

  boolean flagged() {
    return !violating.isEmpty();
  }

  /** Refuses changes of an audience that is another account's, or no more. */
  void checkUsable() {
    if (deleted) {
      throw GraphError.of(400, 1_487_366, "(#1487366) The custom audience has been deleted");
    }
    if (!shared) {
      throw GraphError.of(
          400, 1_487_301, "(#1487301) The custom audience isn't shared with this ad account");
    }
  }

  /** Refuses changes of who is in a flagged audience. */
  void checkMembersMayChange() {
    if (flagged()) {
      throw GraphError.invalidParameter(
          1_713_230,
          "Audience Upload Blocked",
          "Before updating user memberships, you must resolve integrity restrictions on this Data"
              + " File Custom Audience.");
    }
  }

  /** Refuses changes of a flagged audience; the owner appeals or creates another one. */
  void checkEditable() {
    if (flagged()) {
      throw GraphError.invalidParameter(
          1_713_228,
          "Audience Not Editable",
          "This audience was flagged for an integrity policy and can't be edited.");
    }
  }

  ObjectNode json() {
    ObjectNode json = Answer.object();
    violating.forEach(json.putArray("fields_violating_integrity_policy")::add);
    return json.put("operation_status", status).put("shared", shared).put("deleted", deleted);
  }

  /**
   * Reads what {@link #json} wrote; what isn't there is good.
   *
   * @throws IllegalArgumentException if a value is none of Meta's
   */
  static Condition of(JsonNode json) {
    return new Condition(
        json.path("fields_violating_integrity_policy")
            .valueStream()
            .map(field -> field.asString(""))
            .toList(),
        json.path("operation_status").asInt(0),
        json.path("shared").asBoolean(true),
        json.path("deleted").asBoolean(false));
  }
}
