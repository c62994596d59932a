package io.rebound.privacy;

import io.rebound.consumption.KafkaProperties;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** When that is gone which no erasure reaches: records in topics, backups, and logs. */
public final class AgesOut {
  private final KafkaProperties kafka;
  private final RetentionProperties retention;
  private final Clock clock;

  AgesOut(KafkaProperties kafka, RetentionProperties retention, Clock clock) {
    this.kafka = kafka;
    this.retention = retention;
    this.clock = clock;
  }

  /** What a receipt of now says: by kind, the moment after which nothing is left. */
  public Map<String, Instant> fromNow() {
    return from(clock.instant());
  }

  /** The same of another moment. */
  public Map<String, Instant> from(Instant moment) {
    return Map.of(
        "topics", moment.plus(kafka.retention()),
        "backups", moment.plus(retention.backups()),
        "logs", moment.plus(retention.logs()));
  }
}
