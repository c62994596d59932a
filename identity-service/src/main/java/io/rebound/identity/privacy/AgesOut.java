package io.rebound.identity.privacy;

import io.rebound.consumption.KafkaProperties;
import io.rebound.identity.sightings.RepeatsProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/** When that is gone which an erasure can't reach at once. */
@Component
class AgesOut {
  /** Kafka compacts {@code profiles} within a day and keeps tombstones for another. */
  private static final Duration COMPACTED = Duration.ofDays(2);

  /** The ring of daily partitions is emptied once a day is two days out of the window. */
  private static final Duration EMPTIED = Duration.ofDays(2);

  private final PrivacyRequestProperties properties;
  private final KafkaProperties kafka;
  private final RepeatsProperties repeats;

  AgesOut(PrivacyRequestProperties properties, KafkaProperties kafka, RepeatsProperties repeats) {
    this.properties = properties;
    this.kafka = kafka;
    this.repeats = repeats;
  }

  /** By kind, the moment after which nothing is left of what was there at {@code now}. */
  Map<String, Instant> from(Instant now) {
    return Map.of(
        "topics", now.plus(kafka.retention()),
        "topic profiles", now.plus(COMPACTED),
        "ids of recent events", now.plus(repeats.window()).plus(EMPTIED),
        "backups", now.plus(properties.backups()),
        "logs", now.plus(properties.logs()));
  }
}
