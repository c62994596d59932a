package io.rebound.catalogfeed.feeds;

import io.rebound.security.ConfiguredSecret;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The feed's token must not be the demo's outside the quickstart. */
@Configuration(proxyBeanMethods = false)
class FeedSecretConfiguration {

  @Bean
  ConfiguredSecret feedTokenSecret(FeedProperties properties) {
    return new ConfiguredSecret(
        "rebound.catalog-feed.feed-token",
        properties.feedToken() == null ? "" : properties.feedToken());
  }
}
