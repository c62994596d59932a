package io.rebound.segmentation.behaviour;

import io.rebound.events.Consents;
import io.rebound.events.EventKey;
import io.rebound.events.TrackedEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of one event: whose it is by the highest revision, and, unless only moves of it
 * were told, what it was.
 *
 * @param told whose it was said to be
 * @param person whom that person goes by
 * @param profiling whether every telling of it allowed profiling
 */
record Fact(
    EventKey key,
    UUID told,
    UUID person,
    long revision,
    @Nullable TrackedEvent event,
    boolean profiling) {

  static Fact told(UUID person, long revision, Consents consents, TrackedEvent event) {
    return new Fact(event.key(), person, person, revision, event, consents.profiling());
  }

  static Fact moved(EventKey key, UUID person, long revision) {
    return new Fact(key, person, person, revision, null, true);
  }

  /** The same of whoever that person is now. */
  Fact of(UUID now) {
    return new Fact(key, told, now, revision, event, profiling);
  }

  /** Both together, whichever came first. */
  Fact and(Fact other) {
    Fact newer = other.revision > revision ? other : this;
    return new Fact(
        key,
        newer.told,
        newer.person,
        newer.revision,
        event == null ? other.event : event,
        profiling && other.profiling);
  }
}
