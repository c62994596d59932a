package io.rebound.ingest.publishing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rebound.ingest.spool.Spool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

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
  public CompletableFuture<Boolean> publish(List<WrittenEvent> events) {
    Optional<Producer<String, byte[]>> producer = kafka.admit(events.size());
    return producer.isPresent() ? publish(events, producer.get()) : spool.keep(records(events));
  }

  private CompletableFuture<Boolean> publish(
      List<WrittenEvent> events, Producer<String, byte[]> producer) {
    var request =
        new HandedOver(
            events.size(), kafka.availability(), () -> spool.keep(records(events)), acknowledged);
    unacknowledged.add(request);
    for (WrittenEvent event : events) {
      request.send(producer, event.record());
    }
    return request.durable();
  }

  private static List<ProducerRecord<String, byte[]>> records(List<WrittenEvent> events) {
    return events.stream().map(WrittenEvent::record).toList();
  }
}
