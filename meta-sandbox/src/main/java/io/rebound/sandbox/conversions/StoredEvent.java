package io.rebound.sandbox.conversions;

import java.time.Duration;
import java.util.List;

/** An event that counts, with how often it was delivered. Guarded by its store. */
final class StoredEvent {
  // within it Meta prefers the browser's of two
  private static final long BROWSERS_LEAD = Duration.ofMinutes(5).toMillis();

  final long position;
  final long receivedAt;
  final Sending sending;
  final ReceivedEvent event;
  final String name;
  final String id;
  final long matchKeys;
  volatile int deliveries;
  volatile Origins origins;

  /** Who sent it, and whose of the two counts. */
  record Origins(boolean server, boolean browser, boolean browserCounts) {
    static Origins of(ReceivedEvent event) {
      return new Origins(!event.browser(), event.browser(), event.browser());
    }
  }

  StoredEvent(
      long position, ReceivedEvent event, Sending sending, int deliveries, Origins origins) {
    this.position = position;
    this.event = event;
    this.name = event.name();
    this.id = event.id();
    this.matchKeys = event.review().matchKeys();
    this.sending = sending;
    this.receivedAt = sending.at();
    this.deliveries = deliveries;
    this.origins = origins;
  }

  List<String> diagnostics() {
    return event.review().diagnostics();
  }

  /** This event after it was delivered once more; of two contents the server's is kept. */
  StoredEvent again(ReceivedEvent repeated, long at) {
    if (repeated.browser() && !origins.browser()) {
      origins = new Origins(true, true, at - receivedAt <= BROWSERS_LEAD);
    } else if (!repeated.browser() && !origins.server()) {
      return new StoredEvent(
          position, repeated, sending, deliveries + 1, new Origins(true, true, true));
    }
    deliveries++;
    return this;
  }
}
