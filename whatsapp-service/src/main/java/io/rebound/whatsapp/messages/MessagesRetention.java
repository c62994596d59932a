package io.rebound.whatsapp.messages;

import io.rebound.privacy.RetentionSweep;
import io.rebound.whatsapp.RetentionProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets messages when nothing can bring their events again. */
@Component
class MessagesRetention {
  private final Messages messages;
  private final RetentionSweep retention;
  private final RetentionProperties properties;

  MessagesRetention(Messages messages, RetentionSweep retention, RetentionProperties properties) {
    this.messages = messages;
    this.retention = retention;
    this.properties = properties;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  void sweep() {
    retention.sweep("messages", properties.messages(), messages::forgetBefore);
  }
}
