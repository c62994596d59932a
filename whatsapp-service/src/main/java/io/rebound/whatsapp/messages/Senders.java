package io.rebound.whatsapp.messages;

import io.rebound.whatsapp.WhatsappProperties;
import io.rebound.work.Workers;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps messages going out. One under way when a sender fails is settled as unknown later. */
@Configuration(proxyBeanMethods = false)
class Senders {
  @Bean
  Workers messageSenders(MessageSender sender, WhatsappProperties properties) {
    return new Workers(
        "message-sender",
        properties.senders(),
        "Messages can't be sent right now; they wait",
        () -> sender.sendOne() ? Duration.ZERO : properties.pause());
  }
}
