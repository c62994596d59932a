package io.rebound.identity.sightings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an event is remembered, so that it counts once if its client sends it again.
 *
 * @param window from 1 to 13 days
 */
@ConfigurationProperties("rebound.identity.repeats")
public record RepeatsProperties(@DefaultValue("7d") Duration window) {
  public RepeatsProperties {
    if (window.toDays() < 1 || window.toDays() > 13) {
      throw new IllegalArgumentException("rebound.identity.repeats.window: from 1 to 13 days");
    }
  }
}
