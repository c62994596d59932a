package io.rebound.ingest.privacy;

import io.rebound.consumption.Streams;
import io.rebound.events.Topics;
import io.rebound.privacy.AnswerPrivacyOrders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What ingest reads: nothing but what persons ask for. Its doors publish on their own. */
@Configuration(proxyBeanMethods = false)
class IngestStreams {
  @Bean
  Streams streams(AnswerPrivacyOrders privacyOrders) {
    return Streams.of("ingest")
        .reads(Topics.PRIVACY_REQUESTS, privacyOrders)
        .writes(Topics.PRIVACY_RECEIPTS);
  }
}
