package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.GraphError;

/** Why a replacement's batch isn't taken: code 2650 with a subcode that says what to do next. */
final class ReplaceRefusals {
  private ReplaceRefusals() {}

  /** Also answers uploads and removals that come meanwhile. */
  static GraphError inProgress() {
    return of(1_870_145, "An update of this audience is in progress. Wait until it is finished.");
  }

  static GraphError noFirstBatch() {
    return of(1_870_147, "The first batch of this session, batch_seq 1, hasn't been received.");
  }

  static GraphError timedOut() {
    return of(1_870_158, "The session has timed out: it began more than 90 minutes ago.");
  }

  static GraphError finished() {
    return of(1_870_159, "The session is finished already: its last batch has been received.");
  }

  /** The audience isn't in operation status 200; Meta's code for this one isn't documented. */
  static GraphError notNormal() {
    return GraphError.of(
        400,
        2650,
        "(#2650) Failed to update the custom audience: its operation status must be 200 before its"
            + " people can be replaced");
  }

  private static GraphError of(int subcode, String text) {
    return GraphError.of(400, 2650, subcode, "(#2650) Failed to update the custom audience")
        .forPeople("Failed to Update the Custom Audience", text);
  }
}
