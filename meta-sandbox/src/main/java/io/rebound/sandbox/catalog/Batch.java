package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Works out what a batch's records come to; changes nothing. Later records see what earlier ones
 * left.
 */
final class Batch {
  private static final int LONGEST_ID = 100;

  private final Function<String, Optional<ObjectNode>> known;
  private final boolean upsert;
  private final int room;
  private final Map<String, Optional<ObjectNode>> outcome = new LinkedHashMap<>();
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private int accepted;
  private int added;

  /**
   * @param known the items there are
   * @param room how many items more the catalogue takes
   */
  Batch(Function<String, Optional<ObjectNode>> known, boolean upsert, int room) {
    this.known = known;
    this.upsert = upsert;
    this.room = room;
  }

  private record Problem(int line, String id, String message) {}

  void take(int line, JsonNode request) {
    JsonNode data = request.path("data");
    String id = data.path("id").asString("");
    int before = errors.size();
    if (id.isBlank() || id.length() > LONGEST_ID) {
      errors.add(new Problem(line, id, "A required field is missing: id"));
      return;
    }
    Optional<ObjectNode> present = present(id);
    switch (request.path("method").asString("")) {
      case "CREATE" -> put(line, id, Answer.object(), data);
      case "UPDATE" -> {
        if (present.isEmpty() && !upsert) {
          errors.add(new Problem(line, id, "The item to update doesn't exist"));
        } else {
          put(line, id, present.map(ObjectNode::deepCopy).orElseGet(Answer::object), data);
        }
      }
      case "DELETE" -> {
        if (present.isEmpty()) {
          warnings.add(new Problem(line, id, "The item to delete doesn't exist"));
        }
        added -= present.isPresent() ? 1 : 0;
        outcome.put(id, Optional.empty());
      }
      default -> errors.add(new Problem(line, id, "The method must be CREATE, UPDATE or DELETE"));
    }
    accepted += errors.size() == before ? 1 : 0;
  }

  private Optional<ObjectNode> present(String id) {
    Optional<ObjectNode> left = outcome.get(id);
    return left == null ? known.apply(id) : left;
  }

  private void put(int line, String id, ObjectNode item, JsonNode data) {
    data.properties().forEach(field -> item.set(field.getKey(), field.getValue()));
    List<String> wrong = ItemRules.errors(item);
    wrong.forEach(message -> errors.add(new Problem(line, id, message)));
    ItemRules.warnings(data).forEach(message -> warnings.add(new Problem(line, id, message)));
    if (!wrong.isEmpty()) {
      return;
    }
    boolean isNew = present(id).isEmpty();
    if (isNew && added >= room) {
      errors.add(new Problem(line, id, "The catalog has reached its maximum number of items"));
      return;
    }
    added += isNew ? 1 : 0;
    outcome.put(id, Optional.of(item));
  }

  /** Whether any record is to take effect. */
  boolean anyAccepted() {
    return accepted > 0;
  }

  /** Items as they are to be, by the shop's ids; nothing for one that is to go. */
  Map<String, Optional<ObjectNode>> outcome() {
    return outcome;
  }

  /** What {@code items_batch} answers about the records that have problems. */
  ArrayNode validationStatus() {
    Map<String, ObjectNode> byId = new LinkedHashMap<>();
    errors.forEach(problem -> note(byId, problem, "errors"));
    warnings.forEach(problem -> note(byId, problem, "warnings"));
    ArrayNode status = Answer.object().putArray("validation_status");
    byId.values().forEach(status::add);
    return status;
  }

  private static void note(Map<String, ObjectNode> byId, Problem problem, String list) {
    ObjectNode status =
        byId.computeIfAbsent(
            problem.id,
            id -> {
              ObjectNode made = Answer.object().put("retailer_id", id);
              made.putArray("errors");
              made.putArray("warnings");
              return made;
            });
    status.withArray(list).addObject().put("message", problem.message);
  }

  /** What {@code check_batch_request_status} answers; lists are samples, the counts are true. */
  ObjectNode report(String handle) {
    ObjectNode report =
        Answer.object()
            .put("handle", handle)
            .put("status", "finished")
            .put("errors_total_count", errors.size())
            .put("warnings_total_count", warnings.size());
    sample(report.putArray("errors"), errors);
    sample(report.putArray("warnings"), warnings);
    ArrayNode ids = report.putArray("ids_of_invalid_requests");
    errors.stream().map(Problem::id).distinct().forEach(ids::add);
    return report;
  }

  private static void sample(ArrayNode list, List<Problem> problems) {
    problems.stream()
        .limit(10)
        .forEach(problem ->
            list.addObject()
                .put("line", problem.line)
                .put("id", problem.id)
                .put("message", problem.message));
  }
}
