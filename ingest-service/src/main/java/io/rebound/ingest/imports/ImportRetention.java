package io.rebound.ingest.imports;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets the reports of imports that have been kept long enough. */
@Component
class ImportRetention {
  private static final Logger log = LoggerFactory.getLogger(ImportRetention.class);

  private final Imports imports;
  private final ImportsProperties properties;
  private final Clock clock;

  ImportRetention(Imports imports, ImportsProperties properties, Clock clock) {
    this.imports = imports;
    this.properties = properties;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "PT1H")
  void sweep() {
    try {
      imports.forgetBefore(clock.instant().minus(properties.retention()));
    } catch (DataAccessException e) {
      log.atWarn().log("The imports' database is away; the sweep comes again in an hour");
    }
  }
}
