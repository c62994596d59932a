package io.rebound.ingest.conversions;

import io.rebound.ingest.doors.Door.Refusal;
import io.rebound.ingest.doors.DoorAnswer;
import io.rebound.ingest.intake.Acceptance.Rejection;
import io.rebound.ingest.intake.InvalidEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
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
  private static final int LIMIT = 4;
  private static final int PERMISSION = 10;
  private static final int NO_SUCH_OBJECT = 33;
  private static final int TOKEN_MISSING = 104;
  private static final int TOKEN_INVALID = 190;
  private static final int UNKNOWN_PATH = 2500;
  private static final Map<String, Integer> SUBCODES =
      Map.of(
          "event_name", 2804001,
          "event_time", 2804019,
          "custom_data.value", 2804009,
          "custom_data.currency", 2804023,
          "custom_data.contents", 2804008,
          "user_data", 2804050,
          "app_data", 2804043,
          "app_data.extinfo", 2804043);

  private GraphAnswers() {}

  /**
   * @param messages what the client should know although its events are kept
   */
  static DoorAnswer received(int status, int events, List<String> messages) {
    ObjectNode body = JSON.objectNode().put("events_received", events);
    ArrayNode listed = body.putArray("messages");
    messages.forEach(listed::add);
    return DoorAnswer.json(status, body.put("fbtrace_id", trace()));
  }

  static DoorAnswer refused(List<Rejection> rejected) {
    Rejection first = rejected.getFirst();
    InvalidEvent why = first.why();
    String message =
        "%s %s (event %d of the request; nothing of it was accepted)"
            .formatted(why.field(), why.reason(), first.index());
    ObjectNode error =
        error(INVALID_PARAMETER, "Invalid parameter", false, "Invalid event", message);
    Integer subcode =
        why.reason().equals(ConversionsFormat.IN_THE_FUTURE)
            ? Integer.valueOf(2804004)
            : SUBCODES.get(why.field());
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

  private static DoorAnswer noToken(String name) {
    return keyRefused(
        name,
        "must be given: a write key",
        error(
            TOKEN_MISSING,
            "An access token is required to request this resource.",
            false,
            "No write key",
            name + " must be given: a write key"));
  }

  private static DoorAnswer unknownToken(String name) {
    return keyRefused(
        name,
        "is not a known write key",
        error(
            TOKEN_INVALID,
            "Invalid OAuth access token - Cannot parse access token",
            false,
            "Unknown write key",
            name + " is not a known write key"));
  }

  private static DoorAnswer keyRefused(String name, String reason, ObjectNode error) {
    error.set("error_data", JSON.objectNode().put("field", name).put("reason", reason));
    return answer(401, error);
  }

  /** The source is for other datasets. */
  static DoorAnswer unknownDataset(String id) {
    ObjectNode error =
        error(
            INVALID_PARAMETER,
            "Unsupported post request. Object with ID '%s' does not exist, cannot be loaded due to missing permissions, or does not support this operation."
                .formatted(id),
            false,
            "Unknown dataset",
            "The write key's source states the datasets it is for, and this is none of them");
    return answer(
        400, error.put("type", "GraphMethodException").put("error_subcode", NO_SUCH_OBJECT));
  }

  static DoorAnswer unknownPath(String path) {
    String unknown = path.substring(path.indexOf('/') + 1);
    return answer(
        400,
        error(
            UNKNOWN_PATH,
            "Unknown path components: /" + unknown,
            false,
            "Unknown path",
            "Events go to /{version}/{dataset id}/events or /capi/{dataset id}/events"));
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
    return refused(refusal, "access_token", pause);
  }

  /**
   * @param keyName what the write key is called where it was looked for
   */
  static DoorAnswer refused(Refusal refusal, String keyName, Duration pause) {
    DoorAnswer answer =
        switch (refusal) {
          case NO_KEY -> noToken(keyName);
          case UNKNOWN_KEY -> unknownToken(keyName);
          case SOURCE_DISABLED ->
              refused(refusal, INVALID_PARAMETER, "Unsupported post request", NO_SUCH_OBJECT);
          case FORBIDDEN_ORIGIN ->
              refused(refusal, PERMISSION, "(#10) No permission for this action", null);
          case TOO_MANY_EVENTS ->
              refused(refusal, LIMIT, "(#4) Application request limit reached", null);
          case TOO_LARGE, NOT_DECOMPRESSED, UNKNOWN_ENCODING, WRONG_METHOD ->
              refused(refusal, INVALID_PARAMETER, "Invalid parameter", null);
          case KEY_NOT_KNOWN_YET, DEFECT ->
              refused(refusal, SERVICE, "Service temporarily unavailable", null);
        };
    return refusal.passes() ? answer.after(pause) : answer;
  }

  private static DoorAnswer refused(
      Refusal refusal, int code, String message, @Nullable Integer subcode) {
    ObjectNode error =
        error(
            code,
            message,
            refusal.passes(),
            "The request is refused",
            refusal.field() + " " + refusal.reason());
    if (subcode != null) {
      error.put("error_subcode", subcode);
    }
    error.set(
        "error_data",
        JSON.objectNode().put("field", refusal.field()).put("reason", refusal.reason()));
    return answer(refusal.status(), error);
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
