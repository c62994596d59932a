package io.rebound.ingest.publishing;

import static io.rebound.events.Topics.EVENTS;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rebound.consumption.CloudEvents;
import io.rebound.consumption.Outgoing;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.spool.Spool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;

/**
 * Puts events where they can't get lost and says when they are there: on all of Kafka's in-sync
 * replicas or, while Kafka is away, in the spool. Never blocks: it is called on the server's event
 * loop.
 */
public class EventPublisher {
  static final String SERVICE = "ingest";

  private final KafkaConnection kafka;
  private final Spool spool;
  private final Unacknowledged unacknowledged;
  private final Timer acknowledged;

  EventPublisher(
      KafkaConnection kafka, Spool spool, Unacknowledged unacknowledged, MeterRegistry metrics) {
    this.kafka = kafka;
    this.spool = spool;
    this.unacknowledged = unacknowledged;
    acknowledged =
        Timer.builder("rebound_ingest_publish_seconds")
            .description("From handing a request's events to Kafka until all of them are durable")
            .publishPercentileHistogram()
            .register(metrics);
  }

  /**
   * True when all of them are durable. What Kafka doesn't acknowledge in time is spooled, the whole
   * request, and may thus come twice. False when neither has it for certain: the client sends all
   * again. What comes twice counts once.
   *
   * @param events at least one
   */
  public CompletableFuture<Boolean> publish(List<TrackedEvent> events) {
    Optional<Producer<String, byte[]>> producer = kafka.admit(events.size());
    return producer.isPresent() ? publish(events, producer.get()) : spool.keep(messages(events));
  }

  private CompletableFuture<Boolean> publish(
      List<TrackedEvent> events, Producer<String, byte[]> producer) {
    var request =
        new HandedOver(
            events.size(), kafka.availability(), () -> spool.keep(messages(events)), acknowledged);
    unacknowledged.add(request);
    for (TrackedEvent event : events) {
      request.send(producer, CloudEvents.record(SERVICE, EVENTS, strongest(event), event));
    }
    return request.durable();
  }

  private static Outgoing messages(List<TrackedEvent> events) {
    var messages = new Outgoing();
    events.forEach(event -> messages.send(EVENTS, strongest(event), event));
    return messages;
  }

  /** Events of one strongest identifier stay in order. */
  private static String strongest(TrackedEvent event) {
    return event.identifiers().getFirst().pseudonym();
  }
}
