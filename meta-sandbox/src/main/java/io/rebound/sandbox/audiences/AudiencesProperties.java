package io.rebound.sandbox.audiences;

import io.rebound.sandbox.SandboxProperties;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How the lifelike profile treats audiences, and what a human decided about them beforehand. */
@ConfigurationProperties("sandbox.audiences")
record AudiencesProperties(boolean termsAccepted, Duration delay, int smallest, Samples samples) {
  /** The two shapes in which Meta was seen to answer {@code invalid_entry_samples}. */
  enum Samples {
    MAP,
    LIST
  }

  /** How long matching takes. */
  Duration delay(SandboxProperties sandbox) {
    return lifelike(sandbox) ? delay : Duration.ZERO;
  }

  /** A removal that would leave fewer is refused; 0 refuses none. */
  int smallest(SandboxProperties sandbox) {
    return lifelike(sandbox) ? smallest : 0;
  }

  private static boolean lifelike(SandboxProperties sandbox) {
    return sandbox.profile() == SandboxProperties.Profile.LIFELIKE;
  }
}
