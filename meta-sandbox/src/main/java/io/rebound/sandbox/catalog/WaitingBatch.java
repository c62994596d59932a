package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A batch that was answered and takes effect later, by the clock. */
record WaitingBatch(String handle, long dueAt, JsonNode requests, boolean upsert) {
  /** What {@code check_batch_request_status} answers meanwhile. */
  static ObjectNode report(String handle) {
    ObjectNode report =
        Answer.object()
            .put("handle", handle)
            .put("status", "started")
            .put("errors_total_count", 0)
            .put("warnings_total_count", 0);
    report.putArray("errors");
    report.putArray("warnings");
    report.putArray("ids_of_invalid_requests");
    return report;
  }

  byte[] kept() {
    ObjectNode change = Answer.object();
    change
        .putObject("waiting")
        .put("handle", handle)
        .put("due", dueAt)
        .put("upsert", upsert)
        .set("requests", requests);
    return JsonMapper.shared().writeValueAsBytes(change);
  }

  static WaitingBatch restored(JsonNode kept) {
    return new WaitingBatch(
        kept.path("handle").asString(""),
        kept.path("due").asLong(0),
        kept.path("requests"),
        kept.path("upsert").asBoolean(true));
  }
}
