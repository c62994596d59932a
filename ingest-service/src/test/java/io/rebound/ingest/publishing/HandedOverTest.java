package io.rebound.ingest.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rebound.ingest.publishing.Availability.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class HandedOverTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  private final Availability kafka = new Availability(System.nanoTime());
  private final CompletableFuture<Boolean> spooled = new CompletableFuture<>();
  private int askedSpool;

  @Test
  void the_answer_waits_for_the_last_acknowledgement() {
    HandedOver request = twoEvents();

    producer.completeNext();
    assertThat(request.durable()).isNotDone();
    producer.completeNext();

    assertThat(request.durable()).isCompletedWithValue(true);
    assertThat(askedSpool).isZero();
  }

  @Test
  void one_event_that_kafka_does_not_take_sends_the_whole_request_to_the_spool_once() {
    HandedOver request = twoEvents();

    producer.errorNext(new TimeoutException("no acknowledgement"));
    producer.errorNext(new TimeoutException("no acknowledgement"));
    assertThat(request.durable()).isNotDone();
    spooled.complete(true);

    assertThat(request.durable()).isCompletedWithValue(true);
    assertThat(askedSpool).isEqualTo(1);
    assertThat(kafka.state()).isEqualTo(State.AWAY);
  }

  @Test
  void a_request_that_kafka_lets_wait_is_spooled_when_its_patience_ends() {
    var unacknowledged = new Unacknowledged(PATIENCE);
    HandedOver request = twoEvents();
    unacknowledged.add(request);

    unacknowledged.letGo(System.nanoTime());
    assertThat(askedSpool).isZero();
    unacknowledged.letGo(System.nanoTime() + PATIENCE.toNanos());
    spooled.complete(true);

    assertThat(request.durable()).isCompletedWithValue(true);
    assertThat(kafka.state()).isEqualTo(State.AWAY);
  }

  @Test
  void a_request_that_was_acknowledged_in_time_is_forgotten() {
    var unacknowledged = new Unacknowledged(PATIENCE);
    HandedOver request = twoEvents();
    unacknowledged.add(request);
    producer.completeNext();
    producer.completeNext();

    unacknowledged.letGo(System.nanoTime() + PATIENCE.toNanos());

    assertThat(askedSpool).isZero();
    assertThat(kafka.state()).isEqualTo(State.USABLE);
  }

  @Test
  void a_slow_kafka_still_answers_for_a_request_that_the_spool_refused() {
    HandedOver request = twoEvents();

    request.overdue();
    spooled.complete(false);
    assertThat(request.durable()).isNotDone();
    producer.completeNext();
    producer.completeNext();

    assertThat(request.durable()).isCompletedWithValue(true);
  }

  @Test
  void what_neither_takes_is_not_durable() {
    HandedOver request = twoEvents();

    producer.errorNext(new TimeoutException("no acknowledgement"));
    spooled.complete(false);
    assertThat(request.durable()).isNotDone();
    producer.completeNext();

    assertThat(request.durable()).isCompletedWithValue(false);
  }

  @Test
  void an_event_that_kafka_will_never_take_is_not_put_in_the_way_of_others() {
    HandedOver request = twoEvents();

    producer.errorNext(new RecordTooLargeException("too large"));
    producer.completeNext();

    assertThat(request.durable()).isCompletedWithValue(false);
    assertThat(askedSpool).isZero();
    assertThat(kafka.state()).isEqualTo(State.USABLE);
  }

  @Test
  void a_producer_that_is_closed_leaves_the_request_to_the_spool() {
    producer.close();
    HandedOver request = twoEvents();
    spooled.complete(true);

    assertThat(request.durable()).isCompletedWithValue(true);
  }

  private HandedOver twoEvents() {
    kafka.usable(System.nanoTime());
    var request =
        new HandedOver(
            2,
            kafka,
            () -> {
              askedSpool++;
              return spooled;
            },
            new SimpleMeterRegistry().timer("waiting"));
    for (String event : new String[] {"1", "2"}) {
      request.send(producer, new ProducerRecord<>("events", "key", event.getBytes(UTF_8)));
    }
    return request;
  }
}
