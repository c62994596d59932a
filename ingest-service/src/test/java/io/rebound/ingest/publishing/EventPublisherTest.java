package io.rebound.ingest.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.TrackedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  private final EventPublisher publisher = new EventPublisher(kafka, new SimpleMeterRegistry());

  @Test
  void the_answer_waits_for_the_last_acknowledgement() {
    CompletableFuture<Boolean> durable = publisher.publish(List.of(event("1"), event("2")));

    kafka.completeNext();
    assertThat(durable).isNotDone();
    kafka.completeNext();
    assertThat(durable).isCompletedWithValue(true);
  }

  @Test
  void one_event_that_kafka_does_not_take_makes_the_whole_request_come_again() {
    CompletableFuture<Boolean> durable = publisher.publish(List.of(event("1"), event("2")));

    kafka.errorNext(new TimeoutException("no acknowledgement"));
    kafka.completeNext();

    assertThat(durable).isCompletedWithValue(false);
  }

  private static TrackedEvent event(String id) {
    return new TrackedEvent(
        "shop",
        id,
        "Lead",
        Instant.EPOCH,
        Instant.EPOCH,
        ActionSource.WEBSITE,
        null,
        List.of(new Identifier(IdentifierType.EXTERNAL_ID, "p1.x")),
        ConsentStatement.none(),
        null,
        null,
        null,
        Map.of());
  }
}
