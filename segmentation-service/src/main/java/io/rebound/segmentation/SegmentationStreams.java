package io.rebound.segmentation;

import static io.rebound.events.Topics.IDENTIFIED_EVENTS;
import static io.rebound.events.Topics.SEGMENT_MEMBERSHIPS;

import io.rebound.consumption.Streams;
import io.rebound.segmentation.behaviour.FollowBehaviour;
import io.rebound.segmentation.segments.SegmentClock;
import io.rebound.segmentation.segments.SegmentsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What segmentation reads, with which handler, and what it writes. */
@Configuration(proxyBeanMethods = false)
class SegmentationStreams {
  @Bean
  Streams streams(FollowBehaviour behaviour, SegmentClock clock, SegmentsProperties properties) {
    return Streams.of("segmentation")
        .reads(IDENTIFIED_EVENTS, behaviour)
        .writes(SEGMENT_MEMBERSHIPS)
        .everySoOften(IDENTIFIED_EVENTS, properties.clockEvery(), clock);
  }
}
