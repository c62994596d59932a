package io.rebound.segmentation.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.IdentifiedEvent;
import io.rebound.problems.PageRequest;
import io.rebound.segmentation.Events;
import io.rebound.segmentation.Segmentation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is brought back was not bought. */
class RefundsTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Segmentation SEGMENTATION = new Segmentation(NOW);

  private final UUID anna = UUID.randomUUID();
  private final String order = UUID.randomUUID().toString();

  @AfterAll
  static void close() {
    SEGMENTATION.close();
  }

  @Test
  void a_part_that_comes_back_lowers_the_sum_once_however_often_it_is_told() {
    SEGMENTATION.consume(Events.bought(anna, order, "100.00", NOW));
    SEGMENTATION.consume(Events.bought(anna, order + "-2", "7.00", NOW));
    IdentifiedEvent refund = refund("r-1", "-30.00");

    SEGMENTATION.consume(refund, refund);
    SEGMENTATION.consume(refund);

    assertThat(bought()).isEqualTo("2 orders, 77.00");
  }

  @Test
  void refunds_add_up_until_the_order_is_none() {
    SEGMENTATION.consume(Events.bought(anna, order, "100.00", NOW), refund("r-1", "-30.00"));
    assertThat(bought()).isEqualTo("1 orders, 70.00");

    SEGMENTATION.consume(refund("r-2", "-70.00"));

    assertThat(bought()).isEqualTo("0 orders, 0");
    assertThat(inTheTable(NOW)).isEmpty();
  }

  @Test
  void a_refund_without_an_amount_is_of_the_whole_order() {
    SEGMENTATION.consume(Events.bought(anna, order, "100.00", NOW), back("Order Refunded", "r"));

    assertThat(bought()).isEqualTo("0 orders, 0");
  }

  @Test
  void a_cancelled_order_is_none() {
    SEGMENTATION.consume(Events.bought(anna, order, "100.00", NOW));
    SEGMENTATION.consume(back("Order Cancelled", "c"));

    assertThat(bought()).isEqualTo("0 orders, 0");
  }

  @Test
  void a_refund_that_comes_before_its_order_waits_for_it() {
    SEGMENTATION.consume(refund("r-1", "-30.00"));
    assertThat(bought()).isEqualTo("0 orders, 0");

    SEGMENTATION.consume(Events.bought(anna, order, "100.00", NOW));

    assertThat(bought()).isEqualTo("1 orders, 70.00");
  }

  @Test
  void the_table_of_an_earlier_moment_doesnt_know_of_later_refunds() {
    SEGMENTATION.consume(Events.bought(anna, order, "100.00", NOW.minusSeconds(60)));
    SEGMENTATION.consume(refund("r-1", "-30.00"));

    assertThat(inTheTable(NOW.minusSeconds(1))).isEqualTo("1, 100.00");
    assertThat(inTheTable(NOW)).isEqualTo("1, 70.00");
  }

  private IdentifiedEvent refund(String id, String value) {
    return back("Order Refunded", id, Map.of("order_id", order, "value", new BigDecimal(value)));
  }

  private IdentifiedEvent back(String name, String id) {
    return back(name, id, Map.of("order_id", order));
  }

  private IdentifiedEvent back(String name, String id, Map<String, Object> data) {
    return Events.did(anna, 1, Events.ASSUMED, name, order + id, NOW, data);
  }

  private String bought() {
    return SEGMENTATION
        .jdbc()
        .sql("select orders || ' orders, ' || spent from person where person_id = :id")
        .param("id", anna)
        .query(String.class)
        .single();
  }

  private String inTheTable(Instant at) {
    return SEGMENTATION.bean(RfmTable.class).at(at, new PageRequest(1000, null), null).stream()
        .filter(rfm -> rfm.personId().equals(anna))
        .map(rfm -> rfm.frequency() + ", " + rfm.monetary())
        .findFirst()
        .orElse("");
  }
}
