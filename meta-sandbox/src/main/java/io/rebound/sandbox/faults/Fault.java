package io.rebound.sandbox.faults;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes wrong with a call.
 *
 * @param status of the answer given instead; 0 if the real one is given
 * @param json the answer's body
 * @param html the answer's body if it is a page, as gateways send it
 * @param hang how long the caller waits
 * @param reset the connection ends without an answer
 * @param afterEffect the call is done nevertheless; only its answer is lost
 */
public record Fault(
    int status,
    @Nullable ObjectNode json,
    @Nullable String html,
    Map<String, String> headers,
    Duration hang,
    boolean reset,
    boolean afterEffect) {

  /** Whether the caller gets something else than the real answer. */
  public boolean replacesAnswer() {
    return status > 0 || reset;
  }

  ObjectNode shown() {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    if (status > 0) {
      shown.put("status", status);
    }
    if (json != null) {
      shown.set("body", json);
    }
    if (html != null) {
      shown.put("html", html);
    }
    if (!hang.isZero()) {
      shown.put("hang_ms", hang.toMillis());
    }
    if (reset) {
      shown.put("reset", true);
    }
    return shown.put("after_effect", afterEffect);
  }
}
