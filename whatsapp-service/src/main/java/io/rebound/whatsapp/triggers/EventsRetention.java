package io.rebound.whatsapp.triggers;

import io.rebound.privacy.RetentionSweep;
import io.rebound.whatsapp.RetentionProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets events that no trigger can ask for any more. */
@Component
class EventsRetention {
  private final RecentEvents recent;
  private final RetentionSweep retention;
  private final RetentionProperties properties;

  EventsRetention(RecentEvents recent, RetentionSweep retention, RetentionProperties properties) {
    this.recent = recent;
    this.retention = retention;
    this.properties = properties;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  void sweep() {
    retention.sweep("recent_events", properties.recentEvents(), recent::forgetBefore);
  }
}
