package io.rebound.ingest.replays;

import io.rebound.ingest.quarantine.RejectedFilter;
import java.time.Instant;

/**
 * A replay of many rejected events.
 *
 * @param epoch counts who worked on it
 * @param lastId the last event that was tried
 * @param uptoId the last event that is to be tried
 * @param matching how many there were to try when it began
 */
record Replay(
    long id,
    RejectedFilter filter,
    boolean done,
    int epoch,
    long lastId,
    long uptoId,
    long matching,
    long accepted,
    long stillRejected,
    Instant startedAt,
    Instant updatedAt) {}
