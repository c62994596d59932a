package io.rebound.ingest.intake;

/** Understands one event of a request in a door's format. */
@FunctionalInterface
public interface EventFormat {

  /** Throws {@link InvalidEvent} where the event can't be accepted. Pure: no I/O, no clock. */
  RawEvent read(Element element);
}
