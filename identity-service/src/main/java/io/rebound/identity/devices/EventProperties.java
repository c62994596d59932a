package io.rebound.identity.devices;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What identity remembers of events.
 *
 * @param retention how long it is known whose an event is, counted from its arrival; an older one
 *     stays with whom it was last said to be
 * @param atOnce so many events are given to other persons in one transaction; the rest follows
 */
@ConfigurationProperties("rebound.identity.events")
public record EventProperties(
    @DefaultValue("90d") Duration retention, @DefaultValue("5000") int atOnce) {
  public EventProperties {
    if (atOnce < 1) {
      throw new IllegalArgumentException("rebound.identity.events.at-once: at least 1");
    }
  }
}
