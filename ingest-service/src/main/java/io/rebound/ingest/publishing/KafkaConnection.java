package io.rebound.ingest.publishing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.rebound.events.Topics;
import io.rebound.ingest.publishing.Availability.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door's producers, once Kafka has been seen, and whether they are to be used now. A thread in
 * the background opens them, however long Kafka is away at the start, and asks a Kafka that went
 * away whether it is back.
 */
class KafkaConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaConnection.class);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final EventsCluster kafka;
  private final Duration probe;
  private final MeterRegistry metrics;
  private final Availability availability = new Availability(System.nanoTime());
  private final CountDownLatch opened = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "ingest-kafka-connection");
  private volatile @Nullable Producers producers;
  private volatile boolean stopped;

  KafkaConnection(EventsCluster kafka, Duration probe, MeterRegistry metrics) {
    this.kafka = kafka;
    this.probe = probe;
    this.metrics = metrics;
    thread.setDaemon(true);
    Gauge.builder(
            "rebound_ingest_kafka_away_seconds",
            availability,
            kept -> kept.awayFor(System.nanoTime()).toMillis() / 1000.0)
        .description("For how long Kafka has taken no events; 0 while it takes them")
        .register(metrics);
  }

  /** Returns when Kafka takes events, or after that time without it. */
  KafkaConnection open(Duration patience) throws InterruptedException {
    thread.start();
    if (!opened.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      log.atWarn().log("Kafka doesn't answer; events go to the spool until it does");
    }
    return this;
  }

  /** The producer for a request of so many events, when they may be handed to it now. */
  Optional<Producer<String, byte[]>> admit(int events) {
    Producers open = producers;
    return open != null && availability.admits() ? Optional.of(open.of(events)) : Optional.empty();
  }

  /** Who hands something over says here what became of it. */
  Availability availability() {
    return availability;
  }

  private void run() {
    while (!stopped) {
      try {
        step();
      } catch (RuntimeException notNow) {
        log.atDebug().addKeyValue("failure", notNow.toString()).log("Kafka doesn't answer");
      }
      // one that comes and goes is asked less and less often
      LockSupport.parkNanos(probe.toNanos() << availability.relapses());
    }
  }

  private void step() {
    Producers known = producers;
    if (known == null) {
      Producers open = kafka.open(() -> stopped);
      open.both().forEach(producer -> new KafkaClientMetrics(producer).bindTo(metrics));
      producers = open;
      availability.usable(System.nanoTime());
      opened.countDown();
    } else if (availability.state() == State.AWAY && kafka.hasLeaders()) {
      for (Producer<String, byte[]> producer : known.both()) {
        producer.partitionsFor(Topics.EVENTS.name()); // fails where it doesn't know the leaders
      }
      availability.answers();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join(CLOSING);
    Producers open = producers;
    if (open != null) {
      open.close(CLOSING);
    }
    kafka.close();
  }
}
