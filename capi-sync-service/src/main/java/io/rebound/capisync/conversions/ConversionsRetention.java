package io.rebound.capisync.conversions;

import io.rebound.privacy.RetentionSweep;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets deliveries when Kafka can't bring their events again. */
@Component
class ConversionsRetention {
  private final ConversionQueue queue;
  private final ConversionsProperties properties;
  private final RetentionSweep retention;

  ConversionsRetention(
      ConversionQueue queue, ConversionsProperties properties, RetentionSweep retention) {
    this.queue = queue;
    this.properties = properties;
    this.retention = retention;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  void sweep() {
    retention.sweep("conversions", properties.retention(), queue::forgetBefore);
    retention.sweep("conversion_requests", properties.retention(), queue::forgetBatchesBefore);
  }
}
