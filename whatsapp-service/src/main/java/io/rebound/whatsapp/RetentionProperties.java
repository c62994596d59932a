package io.rebound.whatsapp;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long things are kept.
 *
 * @param messages what became of a message, from when it was decided on
 * @param recentEvents events that triggers ask for, from when they happened; longer than any
 *     trigger waits, which is seven days
 */
@ConfigurationProperties("rebound.whatsapp.retention")
public record RetentionProperties(
    @DefaultValue("90d") Duration messages, @DefaultValue("10d") Duration recentEvents) {
  private static final Duration SHORTEST = Duration.ofDays(9);

  public RetentionProperties {
    if (recentEvents.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "rebound.whatsapp.retention.recent-events must be at least 9d: triggers ask so far back");
    }
  }
}
