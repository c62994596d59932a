package io.rebound.sandbox.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with a call.
 *
 * @param latency how much later the call is done
 * @param hang how much later it is answered
 * @param substitute what is answered in place of the real answer
 * @param reset the connection ends without an answer
 * @param afterEffect the call is done nevertheless; only its answer is lost
 * @param bodyBytes how many bytes of the answer's body arrive before the connection ends; {@link
 *     #WHOLE} if all do
 * @param missingEvents how many events fewer than were taken the answer tells
 */
public record Fault(
    Duration latency,
    Duration hang,
    @Nullable Substitute substitute,
    boolean reset,
    boolean afterEffect,
    int bodyBytes,
    int missingEvents) {
  /** The answer's body arrives whole. */
  public static final int WHOLE = -1;

  /** Whether the caller gets something else than the real answer. */
  public boolean replacesAnswer() {
    return substitute != null || reset;
  }

  /** Whether the call is done: always if the real answer is given, later or spoilt. */
  public boolean hasEffect() {
    return afterEffect || !replacesAnswer();
  }

  Fault late(Duration by) {
    return new Fault(by, hang, substitute, reset, afterEffect, bodyBytes, missingEvents);
  }

  Fault answering(Substitute other) {
    return new Fault(latency, hang, other, reset, afterEffect, bodyBytes, missingEvents);
  }
}
