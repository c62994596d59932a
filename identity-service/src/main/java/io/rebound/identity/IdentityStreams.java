package io.rebound.identity;

import io.rebound.consumption.ClockHandler;
import io.rebound.consumption.ClockHandler.Tick;
import io.rebound.consumption.Outgoing;
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
  private static final Duration EVERY = Duration.ofMillis(500);

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
        .writes(Topics.IDENTIFIED_EVENTS, Topics.PROFILES)
        .everySoOften(Topics.EVENTS, EVERY, both(tendGraph, followPrivacyRequests));
  }

  /** A thread owns the same partitions of every topic. */
  private static ClockHandler both(ClockHandler one, ClockHandler other) {
    return (now, partitions) -> {
      Tick first = one.tick(now, partitions);
      Tick second = other.tick(now, partitions);
      var outgoing = new Outgoing();
      outgoing.addAll(first.outgoing());
      outgoing.addAll(second.outgoing());
      return new Tick(outgoing, first.more() || second.more());
    };
  }
}
