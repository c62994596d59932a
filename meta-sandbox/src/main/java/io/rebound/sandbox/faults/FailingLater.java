package io.rebound.sandbox.faults;

import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * WhatsApp messages that are accepted and fail afterwards: only the webhook tells.
 *
 * @param code of the status {@code failed}
 */
record FailingLater(Calls calls, int code, Frequency frequency) implements FaultRule {
  boolean hits(String path, Instant now) {
    return calls.include("POST", path) && frequency.strikes(now);
  }

  @Override
  public ObjectNode shown() {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    calls.showIn(shown);
    shown.put("fail_later", code);
    frequency.showIn(shown);
    return shown;
  }
}
