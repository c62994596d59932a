package io.rebound.sandbox.faults;

import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An access token that isn't good any more. It is never shown.
 *
 * @param subcode why: 463 expired, 460 the password was changed, 467 taken back …
 */
record ExpiredToken(String token, int subcode, Frequency frequency) implements FaultRule {
  boolean hits(String other, Instant now) {
    return token.equals(other) && frequency.strikes(now);
  }

  @Override
  public ObjectNode shown() {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("expire_token", "(not shown)").put("error_subcode", subcode);
    frequency.showIn(shown);
    return shown;
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return "ExpiredToken[subcode=" + subcode + "]";
  }
}
