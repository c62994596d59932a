package io.rebound.ingest.conversions;

import io.rebound.ingest.doors.Door.Refusal;
import io.rebound.ingest.doors.DoorAnswer;
import io.rebound.ingest.intake.Acceptance.Rejection;
import io.rebound.ingest.intake.InvalidEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers in the Graph API's envelope. Codes and subcodes are Meta's where Meta has one for the
 * fault; the field at fault stands in {@code error_user_msg} and in {@code error_data}.
 */
final class GraphAnswers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int INVALID_PARAMETER = 100;
  private static final int SERVICE = 2;
  private static final int TOKEN_MISSING = 104;
  private static final int TOKEN_INVALID = 190;
  private static final Map<String, Integer> SUBCODES =
      Map.of(
          "event_name", 2804001,
          "event_time", 2804004,
          "custom_data.value", 2804009,
          "custom_data.currency", 2804023,
          "custom_data.contents", 2804008,
          "user_data", 2804050);

  private GraphAnswers() {}

  static DoorAnswer received(int events) {
    ObjectNode body = JSON.objectNode().put("events_received", events);
    body.set("messages", JSON.arrayNode());
    return DoorAnswer.json(200, body.put("fbtrace_id", trace()));
  }

  static DoorAnswer refused(List<Rejection> rejected) {
    Rejection first = rejected.getFirst();
    InvalidEvent why = first.why();
    String message =
        "%s %s (event %d of the request; nothing of it was accepted)"
            .formatted(why.field(), why.reason(), first.index());
    ObjectNode error =
        error(INVALID_PARAMETER, "Invalid parameter", false, "Invalid event", message);
    Integer subcode = SUBCODES.get(why.field());
    if (subcode != null) {
      error.put("error_subcode", subcode);
    }
    error.set(
        "error_data",
        JSON.objectNode()
            .put("index", first.index())
            .put("field", why.field())
            .put("reason", why.reason()));
    return answer(400, error);
  }

  static DoorAnswer noToken() {
    return answer(
        401,
        error(
            TOKEN_MISSING,
            "An access token is required to request this resource.",
            false,
            "No write key",
            "access_token must be given: a write key"));
  }

  static DoorAnswer unknownToken() {
    return answer(
        401,
        error(
            TOKEN_INVALID,
            "Invalid OAuth access token - Cannot parse access token",
            false,
            "Unknown write key",
            "access_token is not a known write key"));
  }

  static DoorAnswer notDurable(Duration pause) {
    return answer(
            503,
            error(
                SERVICE,
                "Service temporarily unavailable",
                true,
                "Not kept",
                "The events could not be kept; send them again with the same event_id"))
        .after(pause);
  }

  static DoorAnswer refused(Refusal refusal, Duration pause) {
    boolean ours = refusal.status() >= 500;
    DoorAnswer answer =
        answer(
            refusal.status(),
            error(
                ours ? SERVICE : INVALID_PARAMETER,
                ours ? "Service temporarily unavailable" : "Invalid parameter",
                ours,
                "The request is refused",
                refusal.field() + " " + refusal.reason()));
    return ours ? answer.after(pause) : answer;
  }

  private static DoorAnswer answer(int status, ObjectNode error) {
    ObjectNode body = JSON.objectNode();
    body.set("error", error);
    return DoorAnswer.json(status, body);
  }

  private static ObjectNode error(
      int code, String message, boolean transientFault, String title, String userMessage) {
    return JSON.objectNode()
        .put("message", message)
        .put("type", "OAuthException")
        .put("code", code)
        .put("is_transient", transientFault)
        .put("error_user_title", title)
        .put("error_user_msg", userMessage)
        .put("fbtrace_id", trace());
  }

  private static String trace() {
    return UUID.randomUUID().toString();
  }
}
