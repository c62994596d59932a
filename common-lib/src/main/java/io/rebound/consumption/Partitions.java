package io.rebound.consumption;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Which partition a key goes to, by the rule of Kafka's own producer. */
public final class Partitions {
  private final int count;

  /**
   * @param count how many partitions every topic has; fixed for the life of an installation
   */
  public Partitions(int count) {
    this.count = count;
  }

  public int of(UUID personId) {
    return of(personId.toString());
  }

  public int of(String key) {
    return BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), count);
  }

  public int count() {
    return count;
  }
}
