package io.rebound.segmentation;

import static io.rebound.events.Topics.IDENTIFIED_EVENTS;
import static io.rebound.events.Topics.PRIVACY_RECEIPTS;
import static io.rebound.events.Topics.PRIVACY_REQUESTS;
import static io.rebound.events.Topics.SEGMENT_MEMBERSHIPS;

import io.rebound.consumption.Streams;
import io.rebound.privacy.AnswerPrivacyOrders;
import io.rebound.privacy.ErasedPersons;
import io.rebound.segmentation.behaviour.FollowBehaviour;
import io.rebound.segmentation.privacy.EventErasure;
import io.rebound.segmentation.segments.SegmentClock;
import io.rebound.segmentation.segments.SegmentsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What segmentation reads, with which handler, and what it writes. */
@Configuration(proxyBeanMethods = false)
class SegmentationStreams {
  @Bean
  Streams streams(
      FollowBehaviour behaviour,
      SegmentClock clock,
      SegmentsProperties properties,
      AnswerPrivacyOrders privacyOrders,
      EventErasure events,
      ErasedPersons erased) {
    return Streams.of("segmentation")
        .reads(PRIVACY_REQUESTS, privacyOrders)
        .reads(IDENTIFIED_EVENTS, erased.keepOut(events::forget, behaviour))
        .writes(SEGMENT_MEMBERSHIPS, PRIVACY_RECEIPTS)
        .everySoOften(IDENTIFIED_EVENTS, properties.clockEvery(), erased.keepOut(clock));
  }
}
