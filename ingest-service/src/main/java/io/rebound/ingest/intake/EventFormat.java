package io.rebound.ingest.intake;

/** Understands one event of a request in a door's format. */
@FunctionalInterface
public interface EventFormat {

  /** Throws {@link InvalidEvent} where the event can't be accepted. Pure: no I/O, no clock. */
  Understood read(Element element);

  /**
   * Why an event that was understood is refused all the same, with the field as the door's clients
   * name it.
   */
  default InvalidEvent named(InvalidEvent why) {
    return why;
  }
}
