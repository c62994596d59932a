package io.rebound.consumption;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down with the reason when consumption was refused for good. */
final class ConsumptionHealth implements HealthIndicator {
  private final Consumption consumption;

  ConsumptionHealth(Consumption consumption) {
    this.consumption = consumption;
  }

  @Override
  public Health health() {
    return consumption
        .refusal()
        .map(reason -> Health.down().withDetail("reason", reason).build())
        .orElseGet(() -> Health.up().build());
  }
}
