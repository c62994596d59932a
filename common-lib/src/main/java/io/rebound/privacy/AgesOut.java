package io.rebound.privacy;

import io.rebound.consumption.KafkaProperties;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** When that is gone which no erasure reaches: records in topics, and backups. */
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
    Instant now = clock.instant();
    return Map.of("topics", now.plus(kafka.retention()), "backups", now.plus(retention.backups()));
  }
}
