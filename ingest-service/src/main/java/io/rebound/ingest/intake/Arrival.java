package io.rebound.ingest.intake;

import io.rebound.ingest.sources.Source;
import java.time.Instant;

/**
 * A request with events, come in by a door.
 *
 * @param door the door's short name, for the operator
 * @param receivedAt shared by all its events
 */
public record Arrival(Source source, String door, Instant receivedAt) {}
