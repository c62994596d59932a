package io.rebound.whatsapp;

import io.micrometer.core.instrument.MeterRegistry;
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
import io.rebound.whatsapp.messages.FollowIntents;
import io.rebound.whatsapp.people.FollowPersons;
import io.rebound.whatsapp.people.FollowProfiles;
import io.rebound.whatsapp.privacy.PersonRows;
import io.rebound.whatsapp.stops.FollowAnswers;
import io.rebound.whatsapp.triggers.FollowEvents;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What whatsapp reads, in the order in which handlers run, what it writes, and its secrets. */
@Configuration(proxyBeanMethods = false)
class WhatsappConfiguration {

  @Bean
  Streams streams(
      FollowProfiles followProfiles,
      FollowPersons followPersons,
      FollowAnswers followAnswers,
      FollowEvents followEvents,
      FollowIntents followIntents,
      AnswerPrivacyOrders privacyOrders,
      PersonRows rows,
      ErasedPersons erased) {
    return Streams.of("whatsapp")
        .reads(Topics.PRIVACY_REQUESTS, privacyOrders)
        .reads(Topics.PROFILES, erased.keepOut(followProfiles))
        .reads(
            Topics.IDENTIFIED_EVENTS,
            erased.keepOut(rows::forget, followPersons, followAnswers, followEvents))
        .reads(Topics.MESSAGE_INTENTS, erased.keepOut(followIntents))
        .writes(Topics.EVENTS, Topics.PRIVACY_RECEIPTS);
  }

  @Bean
  Resealing resealing(JdbcClient jdbc, Opener opener, MeterRegistry metrics, Clock clock) {
    return new Resealing(
        List.of(SealedColumn.ofOne(jdbc, "person", "contact", Key.uuid("person_id"))),
        opener,
        new SealedRowGauge(metrics, "whatsapp"),
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

  @Bean
  ConfiguredSecret webhookVerifyToken(WhatsappProperties whatsapp) {
    return new ConfiguredSecret("rebound.whatsapp.verify-token", whatsapp.webhookVerifyToken());
  }
}
