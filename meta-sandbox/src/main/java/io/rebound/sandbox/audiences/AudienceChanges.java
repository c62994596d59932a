package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.Answer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The journal's words for audiences. */
final class AudienceChanges {
  private static final JsonMapper JSON = JsonMapper.shared();

  private AudienceChanges() {}

  static byte[] put(Audience audience) {
    ObjectNode change = Answer.object().put("op", "put");
    change.set("audience", audience.kept());
    return bytes(change);
  }

  static byte[] deleted(String id) {
    return bytes(Answer.object().put("op", "delete").put("id", id));
  }

  static byte[] next(long id) {
    return bytes(Answer.object().put("op", "next").put("id", id));
  }

  static byte[] uploaded(String op, String id, long at, Upload upload) {
    ObjectNode change =
        Answer.object()
            .put("op", op)
            .put("id", id)
            .put("at", at)
            .put("received", upload.received())
            .put("invalid", upload.invalid());
    return bytes(with(change, upload.rows()));
  }

  static byte[] members(String id, List<List<String>> rows) {
    return bytes(with(Answer.object().put("op", "add").put("id", id), rows));
  }

  static byte[] replacing(String id, ReplaceBatch batch) {
    ObjectNode change = Answer.object().put("op", "replace").put("id", id);
    change.set("batch", batch.kept());
    return bytes(with(change, batch.rows()));
  }

  static byte[] replaced(String id, long at) {
    return bytes(Answer.object().put("op", "replaced").put("id", id).put("at", at));
  }

  static byte[] condition(Audience audience) {
    ObjectNode change = Answer.object().put("op", "condition").put("id", audience.id);
    change.set("condition", audience.condition.json());
    return bytes(change);
  }

  /** Does a change of a known audience again. */
  static void replay(JsonNode change, Audience audience) {
    switch (change.path("op").asString("")) {
      case "add" -> {
        rows(change).forEach(audience.members::add);
        restoreUpload(change, audience);
      }
      case "remove" -> {
        rows(change).forEach(audience.members::remove);
        restoreUpload(change, audience);
      }
      case "replace" -> audience.replace(ReplaceBatch.restored(change.path("batch"), rows(change)));
      case "replaced" -> audience.replaced(change.path("at").asLong(0));
      case "condition" -> audience.condition = Condition.of(change.path("condition"));
      default -> {}
    }
  }

  private static List<List<String>> rows(JsonNode change) {
    return change
        .path("rows")
        .valueStream()
        .map(row -> row.valueStream().map(JsonNode::asString).toList())
        .toList();
  }

  // members told by themselves are no upload
  private static void restoreUpload(JsonNode change, Audience audience) {
    if (change.has("at")) {
      audience.uploaded(
          change.path("at").asLong(),
          change.path("received").asInt(0),
          change.path("invalid").asInt(0));
    }
  }

  private static ObjectNode with(ObjectNode change, List<List<String>> rows) {
    ArrayNode all = change.putArray("rows");
    for (List<String> row : rows) {
      ArrayNode keys = all.addArray();
      row.forEach(keys::add);
    }
    return change;
  }

  private static byte[] bytes(ObjectNode change) {
    return JSON.writeValueAsBytes(change);
  }
}
