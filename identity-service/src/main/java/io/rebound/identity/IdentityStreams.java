package io.rebound.identity;

import io.rebound.consumption.Streams;
import io.rebound.events.Topics;
import io.rebound.identity.graph.ResolvePersons;
import io.rebound.identity.graph.TendGraph;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What identity reads and writes. */
@Configuration(proxyBeanMethods = false)
class IdentityStreams {
  private static final Duration TEND_EVERY = Duration.ofMillis(500);

  @Bean
  Streams streams(ResolvePersons resolvePersons, TendGraph tendGraph) {
    return Streams.of("identity")
        .reads(Topics.EVENTS, resolvePersons)
        .everySoOften(Topics.EVENTS, TEND_EVERY, tendGraph)
        .writes(Topics.IDENTIFIED_EVENTS, Topics.PROFILES);
  }
}
