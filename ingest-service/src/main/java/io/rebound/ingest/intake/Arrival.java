package io.rebound.ingest.intake;

import io.rebound.ingest.doors.DoorRequest;
import io.rebound.ingest.sources.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request with events, come in by a door.
 *
 * @param door the door's short name, for the operator and for {@link DoorFormats}
 * @param receivedAt shared by all its events
 * @param request as it came; null where the events don't come from a request of their own
 * @param envelope what the request says about all its events
 */
public record Arrival(
    Source source,
    String door,
    Instant receivedAt,
    @Nullable DoorRequest request,
    Fields envelope) {

  /** Of events that say everything themselves. */
  public Arrival(Source source, String door, Instant receivedAt) {
    this(source, door, receivedAt, null, Fields.none());
  }

  /** The same request, once its body is read. */
  public Arrival with(Fields envelope) {
    return new Arrival(source, door, receivedAt, request, envelope);
  }

  /** Never shows the request: it is personal data. */
  @Override
  public String toString() {
    return "Arrival[" + source.id() + ", " + door + ", " + receivedAt + "]";
  }
}
