package io.rebound.ingest.publishing;

import static io.rebound.events.Topics.EVENTS;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rebound.consumption.CloudEvents;
import io.rebound.events.TrackedEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts events into Kafka and says when all in-sync replicas have them. Never blocks: it is called
 * on the server's event loop, so a full buffer or a Kafka that can't be reached is an answer, not a
 * wait.
 */
public class EventPublisher {
  private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);
  private static final String SERVICE = "ingest";

  private final Producer<String, byte[]> producer;
  private final MeterRegistry metrics;
  private final Timer acknowledged;

  EventPublisher(Producer<String, byte[]> producer, MeterRegistry metrics) {
    this.producer = producer;
    this.metrics = metrics;
    acknowledged =
        Timer.builder("rebound_ingest_publish_seconds")
            .description("From handing a request's events to Kafka to its last acknowledgement")
            .publishPercentileHistogram()
            .register(metrics);
  }

  /**
   * True when Kafka has all of them. False when one isn't acknowledged in time, in which case Kafka
   * may still have it: the client sends all again, and what comes twice counts once.
   *
   * @param events at least one
   */
  public CompletableFuture<Boolean> publish(List<TrackedEvent> events) {
    var durable = new CompletableFuture<Boolean>();
    var failed = new AtomicBoolean();
    var waiting = new AtomicInteger(events.size());
    Timer.Sample started = Timer.start(metrics);
    for (TrackedEvent event : events) {
      producer.send(
          CloudEvents.record(SERVICE, EVENTS, strongest(event), event),
          (_, failure) -> {
            if (failure != null && failed.compareAndSet(false, true)) {
              log.atWarn()
                  .addKeyValue("failure", failure.toString())
                  .log("Kafka doesn't take events; the client is told to send them again");
            }
            if (waiting.decrementAndGet() == 0) {
              started.stop(acknowledged);
              durable.complete(!failed.get());
            }
          });
    }
    return durable;
  }

  /** Events of one strongest identifier stay in order. */
  private static String strongest(TrackedEvent event) {
    return event.identifiers().getFirst().pseudonym();
  }
}
