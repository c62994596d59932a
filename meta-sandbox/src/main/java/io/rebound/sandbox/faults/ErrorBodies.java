package io.rebound.sandbox.faults;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Meta's error envelope for codes that only rules bring about. */
final class ErrorBodies {
  private static final String UNKNOWN = "An unknown error occurred";
  private static final Map<Integer, String> MESSAGES =
      Map.ofEntries(
          Map.entry(1, UNKNOWN),
          Map.entry(2, "Service temporarily unavailable"),
          Map.entry(4, "(#4) Application request limit reached"),
          Map.entry(17, "(#17) User request limit reached"),
          Map.entry(190, "Error validating access token: Session has expired."),
          Map.entry(200, "(#200) Permissions error"),
          Map.entry(368, "(#368) The action attempted has been deemed abusive or is disallowed"),
          Map.entry(613, "(#613) Calls to this api have exceeded the rate limit."),
          Map.entry(21009, "(#21009) Data set upload is temporarily not ready"));
  private static final int FIRST_BUSINESS_LIMIT = 80000;
  private static final int LAST_BUSINESS_LIMIT = 80014;

  private ErrorBodies() {}

  static ObjectNode of(int code, @Nullable Integer subcode, boolean passing) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("code", code);
    if (subcode != null) {
      error.put("error_subcode", subcode);
    }
    return envelope(error.put("is_transient", passing));
  }

  /** The envelope around what is given of an error, with the rest filled in. */
  static ObjectNode envelope(ObjectNode given) {
    int code = given.path("code").asInt(1);
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("message", message(code)).put("type", "OAuthException");
    error.put("code", code).setAll(given);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("error", error);
    return body;
  }

  /** The status that Meta sends such a code with. */
  static int status(int code) {
    if (code == 190) {
      return 401;
    }
    if (code == 10 || (code >= 200 && code <= 299)) {
      return 403;
    }
    return code == 1 || code == 2 ? 500 : 400;
  }

  private static String message(int code) {
    if (code >= FIRST_BUSINESS_LIMIT && code <= LAST_BUSINESS_LIMIT) {
      return "(#%d) There have been too many calls to this account. Wait a bit and try again."
          .formatted(code);
    }
    return MESSAGES.getOrDefault(code, UNKNOWN);
  }
}
