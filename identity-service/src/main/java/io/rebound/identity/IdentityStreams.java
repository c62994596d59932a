package io.rebound.identity;

import io.rebound.consumption.Streams;
import io.rebound.events.Topics;
import io.rebound.identity.graph.ResolvePersons;
import io.rebound.identity.graph.TendGraph;
import io.rebound.identity.privacy.CarryOutPrivacyRequests;
import io.rebound.identity.privacy.CollectReceipts;
import io.rebound.identity.privacy.FollowPrivacyRequests;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What identity reads and writes. */
@Configuration(proxyBeanMethods = false)
class IdentityStreams {
  private static final Duration TEND_EVERY = Duration.ofMillis(500);
  private static final Duration FOLLOW_EVERY = Duration.ofSeconds(1);

  @Bean
  Streams streams(
      CarryOutPrivacyRequests carryOutPrivacyRequests,
      CollectReceipts collectReceipts,
      ResolvePersons resolvePersons,
      TendGraph tendGraph,
      FollowPrivacyRequests followPrivacyRequests) {
    return Streams.of("identity")
        // the order of a transaction's locks: an erasure's before those of events, and both before
        // the rows of requests
        .reads(Topics.PRIVACY_REQUESTS, carryOutPrivacyRequests)
        .reads(Topics.EVENTS, resolvePersons)
        .reads(Topics.PRIVACY_RECEIPTS, collectReceipts)
        .everySoOften(Topics.EVENTS, TEND_EVERY, tendGraph)
        .everySoOften(Topics.PRIVACY_REQUESTS, FOLLOW_EVERY, followPrivacyRequests)
        .writes(Topics.IDENTIFIED_EVENTS, Topics.PROFILES);
  }
}
