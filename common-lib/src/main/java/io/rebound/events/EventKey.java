package io.rebound.events;

/**
 * What makes an event one event: the source that sent it and the id the source gave it. Everything
 * that counts events has both in its key, so that an event that comes twice counts once.
 */
public record EventKey(String source, String eventId) {

  /** {@code source/eventId}; no source id contains a slash. */
  @Override
  public String toString() {
    return source + "/" + eventId;
  }
}
