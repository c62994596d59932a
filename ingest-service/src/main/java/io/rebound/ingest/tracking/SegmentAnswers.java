package io.rebound.ingest.tracking;

import io.rebound.ingest.doors.Door.Refusal;
import io.rebound.ingest.doors.DoorAnswer;
import io.rebound.ingest.intake.Acceptance.Rejection;
import io.rebound.ingest.intake.InvalidEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers as Segment's SDKs read them; errors are problem details (RFC 9457) with the {@code code}
 * and {@code message} that analytics-python raises. A 4xx makes every SDK throw its data away, so
 * it is only given for what will never be right.
 */
final class SegmentAnswers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final DoorAnswer ONE = written(1, List.of());

  private SegmentAnswers() {}

  static DoorAnswer stored(int accepted, List<Rejection> rejected) {
    return accepted == 1 && rejected.isEmpty() ? ONE : written(accepted, rejected);
  }

  private static DoorAnswer written(int accepted, List<Rejection> rejected) {
    ObjectNode body = JSON.objectNode();
    body.put("success", true).put("accepted", accepted);
    body.set("rejected", listed(rejected));
    return DoorAnswer.json(200, body);
  }

  static DoorAnswer refused(List<Rejection> rejected) {
    InvalidEvent first = rejected.getFirst().why();
    String message = first.field() + " " + first.reason();
    ObjectNode body = problem(400, "invalid_event", "No event could be accepted", message);
    body.set("errors", listed(rejected));
    return DoorAnswer.problem(400, body);
  }

  private static DoorAnswer unknownKey(boolean given) {
    String message =
        given
            ? "writeKey is not known"
            : "writeKey must be given, as the user of Basic authentication or in the body";
    ObjectNode body = problem(401, "invalid_write_key", "Not authorized", message);
    body.set("errors", JSON.arrayNode().add(error("writeKey", message.substring(9))));
    return DoorAnswer.problem(401, body);
  }

  static DoorAnswer noSettings() {
    return DoorAnswer.problem(
        404, problem(404, "unknown_write_key", "No settings", "writeKey is not known"));
  }

  static DoorAnswer notDurable(Duration pause) {
    return DoorAnswer.problem(
            503,
            problem(
                503,
                "not_durable",
                "Not kept",
                "The events could not be kept; send them again with the same ids"))
        .after(pause);
  }

  static DoorAnswer refused(Refusal refusal, Duration pause) {
    if (refusal == Refusal.NO_KEY || refusal == Refusal.UNKNOWN_KEY) {
      return unknownKey(refusal == Refusal.UNKNOWN_KEY);
    }
    ObjectNode body =
        problem(
            refusal.status(),
            refusal.name().toLowerCase(Locale.ROOT),
            "The request is refused",
            refusal.field() + " " + refusal.reason());
    body.set("errors", JSON.arrayNode().add(error(refusal.field(), refusal.reason())));
    DoorAnswer answer = DoorAnswer.problem(refusal.status(), body);
    return refusal.passes() ? answer.after(pause) : answer;
  }

  private static ObjectNode problem(int status, String code, String title, String message) {
    return JSON.objectNode()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", message)
        .put("success", false)
        .put("code", code)
        .put("message", message);
  }

  private static ArrayNode listed(List<Rejection> rejected) {
    ArrayNode list = JSON.arrayNode();
    for (Rejection rejection : rejected) {
      ObjectNode entry = JSON.objectNode().put("index", rejection.index());
      list.add(entry.setAll(error(rejection.why().field(), rejection.why().reason())));
    }
    return list;
  }

  private static ObjectNode error(String field, String reason) {
    return JSON.objectNode().put("field", field).put("reason", reason);
  }
}
