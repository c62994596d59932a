package io.rebound.sandbox.faults;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls that go wrong.
 *
 * @param fault what happens to them, without what depends on the call
 * @param latency the least and the most the fault's latency is drawn from
 * @param effect as it was given, to be shown
 */
record FailingCalls(
    Calls calls,
    Frequency frequency,
    Fault fault,
    Latency latency,
    @Nullable Throttle throttle,
    ObjectNode effect)
    implements FaultRule {

  /** Between how many milliseconds a call is late. */
  record Latency(long least, long most) {}

  @Nullable Fault hit(String method, String path, Instant now) {
    if (!calls.include(method, path) || !frequency.strikes(now)) {
      return null;
    }
    Fault late = fault.late(Duration.ofMillis(frequency.between(latency.least(), latency.most())));
    return throttle == null ? late : late.answering(throttle.answer(path));
  }

  @Override
  public ObjectNode shown() {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    calls.showIn(shown);
    frequency.showIn(shown);
    shown.set("effect", effect);
    return shown;
  }
}
