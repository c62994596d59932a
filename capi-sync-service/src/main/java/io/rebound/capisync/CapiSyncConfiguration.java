package io.rebound.capisync;

import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.capisync.audiences.FollowMemberships;
import io.rebound.capisync.audiences.MarkMembers;
import io.rebound.capisync.conversions.QueueConversions;
import io.rebound.capisync.people.FollowPersons;
import io.rebound.capisync.people.FollowProfiles;
import io.rebound.consumption.Streams;
import io.rebound.events.Topics;
import io.rebound.meta.MetaProperties;
import io.rebound.privacy.AnswerPrivacyOrders;
import io.rebound.privacy.ErasedPersons;
import io.rebound.sealing.Opener;
import io.rebound.sealing.Resealing;
import io.rebound.sealing.SealedColumn;
import io.rebound.sealing.SealedColumn.Key;
import io.rebound.sealing.SealedRowGauge;
import io.rebound.security.ConfiguredSecret;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What capi-sync reads, in the order in which handlers run, and its secrets. */
@Configuration(proxyBeanMethods = false)
class CapiSyncConfiguration {

  @Bean
  Streams streams(
      FollowProfiles followProfiles,
      FollowPersons followPersons,
      QueueConversions queueConversions,
      FollowMemberships followMemberships,
      MarkMembers markMembers,
      AnswerPrivacyOrders privacyOrders,
      ErasedPersons erased) {
    return Streams.of("capi-sync")
        .reads(Topics.PRIVACY_REQUESTS, privacyOrders)
        .reads(Topics.PROFILES, erased.keepOut(followProfiles, markMembers::ofProfiles))
        .reads(
            Topics.IDENTIFIED_EVENTS,
            erased.keepOut(
                queueConversions::forget, followPersons, markMembers::ofPersons, queueConversions))
        .reads(Topics.SEGMENT_MEMBERSHIPS, erased.keepOut(followMemberships))
        .writes(Topics.PRIVACY_RECEIPTS);
  }

  @Bean
  Resealing resealing(JdbcClient jdbc, Opener opener, MeterRegistry metrics, Clock clock) {
    return new Resealing(
        List.of(
            SealedColumn.ofSeveral(jdbc, "person", "match_keys", Key.uuid("person_id")),
            // what Meta was told of a member
            SealedColumn.ofSeveral(
                jdbc, "audience_member", "sent_keys", Key.uuid("person_id"), Key.text("segment"))),
        opener,
        new SealedRowGauge(metrics, "capi-sync"),
        clock);
  }

  @Bean
  ConfiguredSecret metaToken(MetaProperties meta) {
    return new ConfiguredSecret("rebound.meta.token", meta.token() == null ? "" : meta.token());
  }

  @Bean
  ConfiguredSecret metaAppSecret(MetaProperties meta) {
    return new ConfiguredSecret(
        "rebound.meta.app-secret", meta.appSecret() == null ? "" : meta.appSecret());
  }
}
