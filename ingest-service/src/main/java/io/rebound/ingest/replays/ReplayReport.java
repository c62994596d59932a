package io.rebound.ingest.replays;

import java.time.Instant;

/**
 * How far a replay has come.
 *
 * @param state running or done
 * @param accepted events, or whole requests, that left the quarantine
 * @param stillRejected those that stay, with the reason they have now
 */
record ReplayReport(
    long replayId,
    String state,
    long matching,
    long accepted,
    long stillRejected,
    Instant startedAt,
    Instant updatedAt) {

  static ReplayReport of(Replay replay) {
    return new ReplayReport(
        replay.id(),
        replay.done() ? "done" : "running",
        replay.matching(),
        replay.accepted(),
        replay.stillRejected(),
        replay.startedAt(),
        replay.updatedAt());
  }
}
