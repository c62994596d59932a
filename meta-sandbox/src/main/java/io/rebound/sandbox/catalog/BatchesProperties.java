package io.rebound.sandbox.catalog;

import io.rebound.sandbox.SandboxProperties;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How the lifelike profile treats batches of items. */
@ConfigurationProperties("sandbox.batches")
record BatchesProperties(Duration delay, int aMinute) {
  /** How long a batch is in progress. */
  Duration delay(SandboxProperties sandbox) {
    return lifelike(sandbox) ? delay : Duration.ZERO;
  }

  /** How many batches a minute are taken. */
  int aMinute(SandboxProperties sandbox) {
    return lifelike(sandbox) ? aMinute : Integer.MAX_VALUE;
  }

  private static boolean lifelike(SandboxProperties sandbox) {
    return sandbox.profile() == SandboxProperties.Profile.LIFELIKE;
  }
}
