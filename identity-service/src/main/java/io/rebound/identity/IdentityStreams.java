package io.rebound.identity;

import io.rebound.consumption.Streams;
import io.rebound.events.Topics;
import io.rebound.identity.graph.ResolvePersons;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What identity reads and writes. */
@Configuration(proxyBeanMethods = false)
class IdentityStreams {

  @Bean
  Streams streams(ResolvePersons resolvePersons) {
    return Streams.of("identity")
        .reads(Topics.EVENTS, resolvePersons)
        .writes(Topics.IDENTIFIED_EVENTS, Topics.PROFILES);
  }
}
