package io.rebound.ingest.publishing;

import static io.rebound.events.Topics.EVENTS;

import io.rebound.consumption.CloudEvents;
import io.rebound.events.TrackedEvent;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An event in the form that Kafka and the spool keep, written as soon as it is sealed, while it is
 * still in the cache.
 */
public final class WrittenEvent {
  private final ProducerRecord<String, byte[]> record;

  private WrittenEvent(ProducerRecord<String, byte[]> record) {
    this.record = record;
  }

  public static WrittenEvent of(TrackedEvent event) {
    return new WrittenEvent(
        CloudEvents.record(EventPublisher.SERVICE, EVENTS, strongest(event), event));
  }

  /** Events of one strongest identifier stay in order. */
  private static String strongest(TrackedEvent event) {
    return event.identifiers().getFirst().pseudonym();
  }

  ProducerRecord<String, byte[]> record() {
    return record;
  }
}
