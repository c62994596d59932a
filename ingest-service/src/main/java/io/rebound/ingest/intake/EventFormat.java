package io.rebound.ingest.intake;

import org.jspecify.annotations.Nullable;

/** Understands one event of a request in a door's format. */
@FunctionalInterface
public interface EventFormat {

  /** Throws {@link InvalidEvent} where the event can't be accepted. Pure: no I/O, no clock. */
  RawEvent read(Element element);

  /**
   * Why an event that was understood is refused all the same, with the field as the door's clients
   * name it.
   */
  default InvalidEvent named(InvalidEvent why) {
    return why;
  }

  /** Why the event isn't wanted; null: it is. Asked first, of events that may be no events. */
  default @Nullable LeftOut leftOut(Element element) {
    return null;
  }
}
