package io.rebound.consumption;

import io.rebound.events.Message;
import io.rebound.events.Topic;
import java.util.concurrent.CompletableFuture;

/**
 * Sends single messages outside a consumer's transaction, for doors whose answer says that Kafka
 * has it (acks=all). What a handler sends goes through {@link Outgoing} instead.
 */
public interface Publisher {

  /**
   * Completes when Kafka has the message on all in-sync replicas; fails if it doesn't within the
   * configured time ({@code rebound.kafka.publish-timeout}), in which case it may still have it.
   */
  <T extends Message> CompletableFuture<Void> publish(Topic<T> topic, String key, T value);
}
