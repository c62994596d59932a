package io.rebound.consumption;

import org.apache.kafka.common.TopicPartition;

/**
 * The service must not consume: the position in its database doesn't belong to the log it finds. A
 * person has to decide; the message says between what.
 */
public final class RefusedPosition extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedPosition(String message) {
    super(message);
  }

  /** Fails where a position isn't one of the log's offsets, or its end. */
  static void requireInside(TopicPartition partition, long position, long beginning, long end) {
    if (position < beginning || position > end) {
      throw new RefusedPosition(
          "The database's position %d in %s lies outside Kafka's log (%d to %d): Kafka has lost or deleted what this service still needs, or its log was made anew."
              .formatted(position, partition, beginning, end));
    }
  }
}
