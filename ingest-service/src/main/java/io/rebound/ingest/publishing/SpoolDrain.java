package io.rebound.ingest.publishing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.consumption.PackedMessages;
import io.rebound.ingest.publishing.Availability.State;
import io.rebound.ingest.spool.Spool;
import io.rebound.ingest.spool.SpooledRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what lies in the spool to Kafka, in its order, one instance at a time. A batch is deleted
 * only after Kafka has acknowledged all of it; killed in between, it comes twice, and counts once.
 * New events don't wait for it: they go straight to Kafka.
 */
final class SpoolDrain implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SpoolDrain.class);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final KafkaConnection kafka;
  private final Spool spool;
  private final Duration every;
  private final Duration timeout;
  private final Counter drained;
  private final Thread thread = new Thread(this::run, "ingest-spool-drain");
  private volatile boolean stopped;
  private boolean failing;

  /**
   * @param every how often is looked whether there is something
   * @param timeout after which Kafka is asked again to take a batch
   */
  SpoolDrain(
      KafkaConnection kafka, Spool spool, Duration every, Duration timeout, MeterRegistry metrics) {
    this.kafka = kafka;
    this.spool = spool;
    this.every = every;
    this.timeout = timeout;
    drained =
        Counter.builder("rebound_ingest_spool_drained_events_total")
            .description("Events of the spool that Kafka has taken")
            .register(metrics);
    thread.setDaemon(true);
  }

  SpoolDrain start() {
    thread.start();
    return this;
  }

  private void run() {
    while (!stopped) {
      try {
        drain();
      } catch (RuntimeException failure) {
        fails(failure.getClass().getSimpleName());
      }
      LockSupport.parkNanos(every.toNanos());
    }
  }

  /** Returns when the spool is empty, Kafka takes nothing, or another instance is at it. */
  private void drain() {
    if (kafka.availability().state() == State.AWAY || spool.isEmpty() || !spool.claim()) {
      return;
    }
    try {
      long before = System.nanoTime();
      long events = 0;
      List<SpooledRequest> oldest = spool.oldest();
      boolean mine = true;
      while (mine && !stopped && !oldest.isEmpty() && publish(oldest)) {
        mine = spool.forget(oldest);
        int taken = oldest.stream().mapToInt(SpooledRequest::events).sum();
        drained.increment(taken);
        events += taken;
        oldest = spool.oldest();
      }
      if (events > 0) {
        failing = false;
        log.atInfo()
            .addKeyValue("events", events)
            .addKeyValue("took", Duration.ofNanos(System.nanoTime() - before))
            .addKeyValue("empty", oldest.isEmpty())
            .log("Spooled events were brought to Kafka");
      }
    } finally {
      Thread.interrupted(); // with the mark of a close the pool gives no connection
      spool.release();
    }
  }

  /** True when Kafka has all of it. */
  private boolean publish(List<SpooledRequest> requests) {
    List<ProducerRecord<String, byte[]>> records =
        requests.stream()
            .flatMap(request ->
                PackedMessages.unpack(EventPublisher.SERVICE, request.messages()).stream())
            .toList();
    Optional<Producer<String, byte[]>> producer = kafka.admit(records.size());
    if (producer.isEmpty()) {
      return false;
    }
    long handedOver = System.nanoTime();
    Optional<String> missing = new Acknowledgements(producer.get(), records).missing(timeout);
    if (missing.isPresent()) {
      fails(missing.get());
      return false;
    }
    kafka.availability().acknowledged(handedOver, System.nanoTime());
    return true;
  }

  /** Said once, until something was drained again. */
  private void fails(String failure) {
    if (!failing && !stopped) {
      failing = true;
      log.atWarn()
          .addKeyValue("failure", failure)
          .log("The spool can't be drained; its events stay there, and it is tried again");
    }
  }

  /** What isn't published yet stays where it is. */
  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join(CLOSING);
  }
}
