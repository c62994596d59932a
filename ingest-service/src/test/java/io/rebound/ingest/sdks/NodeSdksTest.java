package io.rebound.ingest.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.IdentifierType;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Segment's and RudderStack's Node SDKs as they are published. One run, then what arrived. */
class NodeSdksTest {
  // so old that nobody's clock is corrected by it
  private static final Instant AT =
      Instant.now().minus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
  private static final String RUDDER = UUID.randomUUID().toString();
  private static final RunningIngest INGEST = RunningIngest.get();
  private static JsonNode told;

  @BeforeAll
  static void run() throws Exception {
    Node.install();
    String output =
        Node.run(
            Map.of(
                "INGEST",
                INGEST.at(""),
                "WRITE_KEY",
                RunningIngest.WRITE_KEY,
                "AT",
                AT.toString(),
                "RUDDER_ID",
                RUDDER),
            "node",
            "conformance.js");
    told = JsonMapper.shared().readTree(output);
  }

  @Test
  void every_message_of_segments_sdk_arrives_as_its_kind() {
    assertThat(told.path("failed")).isEmpty();
    assertThat(
            told.path("ids")
                .valueStream()
                .map(id -> INGEST.event(id.stringValue()).name())
                .toList())
        .containsExactly("Identify", "Purchase", "PageView", "Screen", "Group", "Alias");
  }

  @Test
  void segments_order_keeps_its_time_its_worth_and_its_person() {
    TrackedEvent order = INGEST.event(told.path("ids").get(1).stringValue());

    assertIsTheOrder(order);
    assertThat(order.identifiers().getFirst())
        .isEqualTo(INGEST.event(told.path("ids").get(0).stringValue()).identifiers().getFirst());
    assertThat(INGEST.event(told.path("ids").get(0).stringValue()).identifiers())
        .extracting(identifier -> identifier.type())
        .contains(IdentifierType.EMAIL);
    assertThat(order.requestKeys()).as("a server's address is nobody's").isNull();
  }

  @Test
  void rudderstacks_messages_arrive_with_their_kinds_ids_and_times() {
    assertThat(
            List.of("-i", "-t", "-p", "-a").stream()
                .map(end -> INGEST.event(RUDDER + end).name())
                .toList())
        .containsExactly("Identify", "Purchase", "PageView", "Alias");
    assertIsTheOrder(INGEST.event(RUDDER + "-t"));
  }

  private static void assertIsTheOrder(TrackedEvent order) {
    assertThat(order.at()).isEqualTo(AT);
    assertThat(order.customData())
        .containsEntry("value", new BigDecimal("59.8"))
        .containsEntry("currency", "EUR")
        .containsEntry("order_id", "o-1")
        .containsEntry("content_ids", List.of("shirt-1"));
    assertThat(order.identifiers().getFirst().type()).isEqualTo(IdentifierType.EXTERNAL_ID);
  }
}
