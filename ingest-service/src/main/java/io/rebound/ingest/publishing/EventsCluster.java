package io.rebound.ingest.publishing;

import io.rebound.consumption.KafkaClients;
import io.rebound.consumption.KafkaProperties;
import io.rebound.consumption.TopicLogs;
import io.rebound.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Kafka as the door needs it: producers that never wait, and the question whether all is well. */
class EventsCluster implements AutoCloseable {
  private static final Duration ASK_AGAIN = Duration.ofMillis(20);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final KafkaProperties kafka;
  private final PublishingProperties publishing;
  private final KafkaClients clients;
  private @Nullable Admin admin;

  EventsCluster(KafkaProperties kafka, PublishingProperties publishing) {
    this.kafka = kafka;
    this.publishing = publishing;
    clients = new KafkaClients(kafka, "ingest");
  }

  /** Makes the topic where it is missing; returns producers that know its leaders. */
  Producers open(BooleanSupplier stopped) {
    createMissing();
    var producers = new Producers(producer("one", "none"), producer("several", "lz4"));
    try {
      producers.both().forEach(producer -> knowLeaders(producer, stopped));
      return producers;
    } catch (RuntimeException e) {
      producers.close(Duration.ZERO);
      throw e;
    }
  }

  private Producer<String, byte[]> producer(String name, String compression) {
    return clients.producer(
        Map.of(
            "client.id", "ingest-producer-of-" + name,
            // an event loop never waits: neither for memory nor for a leader
            "max.block.ms", "0",
            "metadata.max.idle.ms", String.valueOf(Duration.ofDays(30).toMillis()),
            "delivery.timeout.ms", String.valueOf(publishing.timeout().toMillis()),
            "request.timeout.ms", String.valueOf(publishing.timeout().toMillis() / 2),
            "linger.ms", String.valueOf(publishing.linger().toMillis()),
            // what comes while a broker answers goes to it together: fewer, larger requests the
            // busier the door is, and none waits at an idle one
            "max.in.flight.requests.per.connection", "1",
            "compression.type", compression,
            "buffer.memory", String.valueOf(publishing.buffer().toBytes())));
  }

  /** A producer that never waits has to know where to send before the first event comes. */
  private static void knowLeaders(Producer<String, byte[]> producer, BooleanSupplier stopped) {
    while (!stopped.getAsBoolean()) {
      try {
        producer.partitionsFor(Topics.EVENTS.name());
        return;
      } catch (org.apache.kafka.common.errors.TimeoutException notYet) {
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
      }
    }
  }

  /** Whether the cluster answers and each partition has a leader. */
  boolean hasLeaders() {
    try {
      return admin()
          .describeTopics(List.of(Topics.EVENTS.name()))
          .allTopicNames()
          .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
          .values()
          .stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.leader() != null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        createMissing(); // it came back without its disks
      }
      return false;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void createMissing() {
    new TopicLogs(kafka, admin()).createMissing(List.of(Topics.EVENTS));
  }

  private synchronized Admin admin() {
    Admin open = admin;
    if (open == null) {
      open = clients.admin();
      admin = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
