package io.rebound.ingest.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import com.segment.analytics.Analytics;
import com.segment.analytics.messages.AliasMessage;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.ScreenMessage;
import com.segment.analytics.messages.TrackMessage;
import io.rebound.events.IdentifierType;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Segment's Java SDK as it is published. */
class JavaSdkTest {
  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @Test
  void every_message_arrives_with_its_kind_its_id_and_its_time() {
    Instant at = Instant.now().minus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
    Analytics analytics =
        Analytics.builder(RunningIngest.WRITE_KEY).endpoint(ingest.at("")).build();
    try {
      analytics.enqueue(
          IdentifyMessage.builder()
              .userId("java-user")
              .traits(Map.of("email", "java@shop.example"))
              .messageId(id + "-i"));
      analytics.enqueue(
          TrackMessage.builder("Order Completed")
              .userId("java-user")
              .properties(Map.of("total", 59.8, "currency", "EUR", "order_id", "o-1"))
              .timestamp(Date.from(at))
              .messageId(id + "-t"));
      analytics.enqueue(
          ScreenMessage.builder("Start").anonymousId("java-anon").messageId(id + "-s"));
      analytics.enqueue(AliasMessage.builder("java-anon").userId("java-user").messageId(id + "-a"));
      analytics.flush();

      assertThat(
              List.of("-i", "-t", "-s", "-a").stream()
                  .map(end -> ingest.event(id + end).name())
                  .toList())
          .containsExactly("Identify", "Purchase", "Screen", "Alias");
    } finally {
      analytics.shutdown();
    }
    TrackedEvent order = ingest.event(id + "-t");
    assertThat(order.at()).isEqualTo(at);
    assertThat(order.customData())
        .containsEntry("value", new BigDecimal("59.8"))
        .containsEntry("order_id", "o-1");
    assertThat(order.identifiers().getFirst().type()).isEqualTo(IdentifierType.EXTERNAL_ID);
    assertThat(order.identifiers().getFirst())
        .isEqualTo(ingest.event(id + "-i").identifiers().getFirst());
  }
}
