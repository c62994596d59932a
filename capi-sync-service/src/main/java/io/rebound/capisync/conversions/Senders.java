package io.rebound.capisync.conversions;

import io.rebound.work.Workers;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps conversions going out. A sender that fails leaves its claim to run out by itself. */
@Configuration(proxyBeanMethods = false)
class Senders {
  @Bean
  Workers conversionsSenders(ConversionsSender sender, ConversionsProperties properties) {
    return new Workers(
        "conversions-sender",
        properties.senders(),
        "Conversions can't be sent right now; they stay in the queue",
        () -> sender.sendSome() < properties.batchSize() ? properties.gather() : Duration.ZERO);
  }
}
