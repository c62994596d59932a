package io.rebound.ingest.intake;

import java.util.Set;

/**
 * How a door understands events, for those who bring events that didn't come by its paths: a file
 * of history, or what was refused earlier and is to be tried again.
 */
public interface DoorFormat {

  /** The names that its events carry as {@link Arrival#door()}. */
  Set<String> doors();

  /**
   * The format of the events of one arrival.
   *
   * @param spareId the id of an event that brings none and whose format would draw a random one:
   *     the same each time the event is brought
   */
  EventFormat of(Arrival arrival, SpareId spareId);

  /** The events of a whole request. Throws {@link InvalidEvent} if none can be read from it. */
  EventsBody read(Arrival arrival, byte[] body);

  /** Gives an event without an id one that stays the same when the event is brought again. */
  @FunctionalInterface
  interface SpareId {
    String of(Element element);
  }
}
