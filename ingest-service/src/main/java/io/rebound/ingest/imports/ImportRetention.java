package io.rebound.ingest.imports;

import io.rebound.privacy.RetentionSweep;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets the reports of imports that have been kept long enough. */
@Component
class ImportRetention {
  private final Imports imports;
  private final ImportsProperties properties;
  private final RetentionSweep retention;

  ImportRetention(Imports imports, ImportsProperties properties, RetentionSweep retention) {
    this.imports = imports;
    this.properties = properties;
    this.retention = retention;
  }

  @Scheduled(fixedDelayString = "PT1H")
  void sweep() {
    retention.sweep("imports", properties.retention(), imports::forgetBefore);
  }
}
