package io.rebound.catalogfeed.privacy;

import io.rebound.consumption.Streams;
import io.rebound.events.Topics;
import io.rebound.privacy.AnswerPrivacyOrders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What catalog-feed reads: what persons ask for, so that every service has answered. */
@Configuration(proxyBeanMethods = false)
class CatalogFeedStreams {
  @Bean
  Streams streams(AnswerPrivacyOrders privacyOrders) {
    return Streams.of("catalog-feed")
        .reads(Topics.PRIVACY_REQUESTS, privacyOrders)
        .writes(Topics.PRIVACY_RECEIPTS);
  }
}
