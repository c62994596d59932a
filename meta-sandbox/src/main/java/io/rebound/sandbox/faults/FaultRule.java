package io.rebound.sandbox.faults;

import tools.jackson.databind.node.ObjectNode;

/** One rule of {@code PUT /_sandbox/faults}; {@code faults.schema.json} documents them. */
sealed interface FaultRule permits FailingCalls, ExpiredToken, FailingLater {
  /** The rule with how often it struck. */
  ObjectNode shown();
}
