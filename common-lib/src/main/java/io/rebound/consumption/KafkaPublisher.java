package io.rebound.consumption;

import io.rebound.events.Message;
import io.rebound.events.Topic;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;

/** {@link Publisher} on the service's producer. */
final class KafkaPublisher implements Publisher {
  private final String service;
  private final Producer<String, byte[]> producer;
  private final Duration timeout;

  KafkaPublisher(String service, Producer<String, byte[]> producer, Duration timeout) {
    this.service = service;
    this.producer = producer;
    this.timeout = timeout;
  }

  @Override
  public <T extends Message> CompletableFuture<Void> publish(Topic<T> topic, String key, T value) {
    var acknowledged = new CompletableFuture<Void>();
    producer.send(
        CloudEvents.record(service, topic, key, value),
        (metadata, failure) -> {
          if (failure == null) {
            acknowledged.complete(null);
          } else {
            acknowledged.completeExceptionally(failure);
          }
        });
    return acknowledged.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
