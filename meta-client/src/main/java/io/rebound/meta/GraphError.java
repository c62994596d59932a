package io.rebound.meta;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why Meta, or this client on its behalf, didn't do it: Meta's error envelope without the parts
 * that may repeat what was sent.
 *
 * @param status the HTTP status; 0 if nothing was sent
 * @param code Meta's code; 0 where the answer wasn't Meta's envelope (WhatsApp's own code 0 has a
 *     type)
 * @param subcode Meta's subcode; 0 if there is none
 * @param type Meta's error type, for instance {@code OAuthException}; empty if it isn't Meta's
 * @param message for people: Meta changes its texts
 * @param fbtraceId what Meta's support asks for
 */
public record GraphError(
    int status, int code, int subcode, String type, String message, @Nullable String fbtraceId) {

  /** A failure that isn't Meta's answer. */
  static GraphError local(int status, String message) {
    return new GraphError(status, 0, 0, "", message, null);
  }

  static GraphError read(int status, JsonNode error) {
    return new GraphError(
        status,
        error.path("code").asInt(0),
        error.path("error_subcode").asInt(0),
        error.path("type").asString(""),
        explanation(error),
        error.path("fbtrace_id").asStringOpt().orElse(null));
  }

  // The title says more than "Invalid parameter"; error_user_msg and error_data may quote the
  // request.
  private static String explanation(JsonNode error) {
    String message = error.path("message").asString("");
    String title = error.path("error_user_title").asString("");
    return title.isEmpty() ? message : message + ": " + title;
  }

  /** The same, about a call that was not made because of it. */
  GraphError notSent() {
    return new GraphError(0, code, subcode, type, message, fbtraceId);
  }

  /** Meta as a whole fails, or can't be reached; not just this request or its recipient. */
  boolean isOutage() {
    return status == 0 || status >= 500 || code <= 2;
  }

  /** For reasons that are stored and shown, for instance {@code 100/2804003 Invalid parameter}. */
  public String summary() {
    String number = subcode == 0 ? String.valueOf(code) : code + "/" + subcode;
    return code == 0 ? message : number + " " + message;
  }
}
