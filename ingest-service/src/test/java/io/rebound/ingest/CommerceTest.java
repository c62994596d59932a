package io.rebound.ingest;

import static io.rebound.ingest.RunningIngest.PAID_KEY;
import static io.rebound.ingest.RunningIngest.WRITE_KEY;
import static io.rebound.ingest.RunningIngest.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.KeptBack;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest.Answer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a source's configuration makes of its orders. */
class CommerceTest {
  private final RunningIngest ingest = RunningIngest.get();

  @Test
  void where_a_paid_order_is_the_purchase_a_placed_one_is_none() {
    TrackedEvent placed = track(PAID_KEY, "Order Completed", "\"order_id\":\"o\",\"gross\":12.5");
    TrackedEvent paid =
        track(PAID_KEY, "Order Paid", "\"order_id\":\"o\",\"gross\":12.5,\"total\":1");

    assertThat(placed.name()).isEqualTo("Order Completed");
    assertThat(paid.name()).isEqualTo("Purchase");
    assertThat(paid.customData())
        .containsEntry("value", new BigDecimal("12.5"))
        .containsEntry("currency", "EUR");
  }

  @Test
  void a_source_has_words_of_its_own() {
    TrackedEvent viewed = track(PAID_KEY, "Item Viewed", "\"products\":[{\"article\":\"a-1\"}]");

    assertThat(viewed.name()).isEqualTo("ViewContent");
    assertThat(viewed.customData()).containsEntry("content_ids", List.of("a-1"));
  }

  @Test
  void what_a_source_ignores_is_answered_counted_and_goes_nowhere() {
    double before = ingest.counter("rebound_ingest_events_total", "outcome", "ignored");
    String id = UUID.randomUUID().toString();

    Answer answer = post(PAID_KEY, id, "Cart Emptied", "");

    assertThat(answer.status()).isEqualTo(200);
    track(PAID_KEY, "Next", "");
    assertThat(ingest.has(id)).isFalse();
    assertThat(ingest.counter("rebound_ingest_events_total", "outcome", "ignored") - before)
        .isEqualTo(1);
  }

  @Test
  void refunds_are_negative_and_stay_here_unless_the_source_wants_meta_to_know() {
    String refund = "\"order_id\":\"o\",\"total\":12.5,\"currency\":\"EUR\"";

    TrackedEvent usual = track(WRITE_KEY, "Order Refunded", refund);
    TrackedEvent told = track(PAID_KEY, "Order Refunded", refund);

    assertThat(usual.name()).isEqualTo("Order Refunded");
    assertThat(usual.customData())
        .containsEntry("value", new BigDecimal("-12.5"))
        .containsEntry("order_id", "o");
    assertThat(usual.keptBack()).isEqualTo(KeptBack.SOURCE);
    assertThat(told.keptBack()).isNull();
    assertThat(track(WRITE_KEY, "Order Canceled", refund).name()).isEqualTo("Order Cancelled");
  }

  private TrackedEvent track(String key, String event, String properties) {
    String id = UUID.randomUUID().toString();
    Answer answer = post(key, id, event, properties);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return ingest.event(id);
  }

  private Answer post(String key, String id, String event, String properties) {
    return ingest.post(
        "/v1/track",
        "{\"event\":\"%s\",\"messageId\":\"%s\",\"userId\":\"u\",\"properties\":{%s}}"
            .formatted(event, id, properties)
            .getBytes(UTF_8),
        Map.of("Authorization", basic(key)));
  }
}
