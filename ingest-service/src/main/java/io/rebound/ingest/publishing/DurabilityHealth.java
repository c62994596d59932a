package io.rebound.ingest.publishing;

import io.rebound.ingest.publishing.Availability.State;
import io.rebound.ingest.spool.Spool;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up as long as events can be made durable somewhere: in Kafka or in the spool. */
final class DurabilityHealth implements HealthIndicator {
  private final KafkaConnection kafka;
  private final Spool spool;

  DurabilityHealth(KafkaConnection kafka, Spool spool) {
    this.kafka = kafka;
    this.spool = spool;
  }

  @Override
  public Health health() {
    State state = kafka.availability().state();
    boolean usable = spool.isUsable();
    // one on trial counts: without requests nobody would try it
    return (state != State.AWAY || usable ? Health.up() : Health.down())
        .withDetail("kafka", state.name())
        .withDetail("spool", usable ? "USABLE" : "NOT_USABLE")
        .build();
  }
}
