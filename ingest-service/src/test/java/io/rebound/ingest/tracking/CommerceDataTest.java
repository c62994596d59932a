package io.rebound.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.sources.CommerceRules;
import io.rebound.ingest.sources.Source;
import io.rebound.ingest.sources.Source.ProductId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segment's properties as Meta's; the shapes are those of the e-commerce specification. */
class CommerceDataTest {
  // the value of a purchase is what was paid, of anything else what it is worth
  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Purchase         | \"total\":59.8,\"revenue\":50,\"value\":40        | 59.8",
        "Purchase         | \"revenue\":50,\"value\":40                       | 50",
        "Purchase         | \"value\":40                                      | 40",
        "Purchase         | \"total\":\"59.80\"                               | 59.80",
        "Purchase         | \"total\":0                                       | 0",
        "Purchase         | \"products\":[{\"product_id\":\"a\",\"price\":2.5,\"quantity\":3},{\"product_id\":\"b\",\"price\":1}] | 8.5",
        "InitiateCheckout | \"value\":40,\"total\":59.8                       | 40",
        "InitiateCheckout | \"revenue\":50                                    | 50",
        "ViewContent      | \"product_id\":\"a\",\"price\":9.9                | 9.9",
        "ViewContent      | \"product_id\":\"a\"                              |",
        "Order Refunded   | \"order_id\":\"o\",\"total\":12                   | -12",
        "Order Refunded   | \"order_id\":\"o\",\"total\":-12                  | -12",
        "Order Refunded   | \"order_id\":\"o\",\"products\":[{\"product_id\":\"a\",\"price\":2.5,\"quantity\":2}] | -5.0",
        "Order Refunded   | \"order_id\":\"o\"                                |",
        "Order Cancelled  | \"order_id\":\"o\",\"total\":12                   | -12",
        "Order Cancelled  | \"order_id\":\"o\"                                |"
      })
  void an_event_is_worth(String name, String properties, @Nullable BigDecimal expected) {
    Map<String, Object> data = of(name, "{" + properties + ",\"currency\":\"eur\"}");

    assertThat(data.get("value")).isEqualTo(expected);
    if (expected != null) {
      assertThat(data).containsEntry("currency", "EUR");
    }
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Purchase       | {\"currency\":\"EUR\"}                                  | properties.total",
        "Purchase       | {\"total\":\"much\",\"currency\":\"EUR\"}               | properties.total",
        "Purchase       | {\"total\":-1,\"currency\":\"EUR\"}                     | properties.total",
        "Purchase       | {\"total\":1}                                           | properties.currency",
        "Purchase       | {\"total\":1,\"currency\":\"Euro\"}                     | properties.currency",
        "Purchase       | {\"total\":1,\"currency\":\"EUR\",\"products\":{}}      | properties.products",
        "Order Refunded | {\"total\":1,\"currency\":\"EUR\"}                      | properties.order_id",
        "Order Refunded | {\"order_id\":\"o\",\"total\":1}                        | properties.currency",
        "Order Refunded | {\"order_id\":\"o\",\"currency\":\"EUR\",\"products\":[{\"product_id\":\"a\"}]} | properties.total",
        "Order Cancelled | {}                                                     | properties.order_id"
      })
  void what_nobody_could_count_is_refused(String name, String properties, String field) {
    InvalidEvent refused = catchThrowableOfType(InvalidEvent.class, () -> of(name, properties));

    assertThat(refused.field()).isEqualTo(field);
  }

  @Test
  void without_a_currency_only_the_value_is_lost_and_a_source_may_have_one() {
    assertThat(of("ViewContent", "{\"product_id\":\"a\",\"price\":9.9}"))
        .containsEntry("content_ids", List.of("a"))
        .doesNotContainKeys("value", "currency");
    assertThat(
            CommerceData.of(
                "ViewContent",
                TestSource.json("{\"product_id\":\"a\",\"price\":9.9}"),
                TestSource.of(CommerceRules.usual(), "CHF", ProductId.PRODUCT_ID)))
        .containsEntry("value", new BigDecimal("9.9"))
        .containsEntry("currency", "CHF");
  }

  @Test
  void products_become_contents_and_one_without_an_id_is_left_out() {
    Map<String, Object> data =
        of(
            "InitiateCheckout",
            """
            {"products":[
              {"product_id":"a","sku":"A","price":"2.50","quantity":2},
              {"product_id":"b","quantity":0},
              {"name":"nothing"},
              {"product_id":7}]}
            """);

    assertThat(data)
        .containsEntry(
            "contents",
            List.of(
                Map.of("id", "a", "quantity", 2L, "item_price", new BigDecimal("2.50")),
                Map.of("id", "b", "quantity", 1L),
                Map.of("id", "7", "quantity", 1L)))
        .containsEntry("content_ids", List.of("a", "b", "7"))
        .containsEntry("content_type", "product")
        .containsEntry("num_items", 4L);
  }

  @Test
  void the_catalogues_id_is_the_field_that_the_source_names() {
    var product = TestSource.json("{\"product_id\":\"17\",\"sku\":\"SKU-17\"}");
    Source bySku = TestSource.of(CommerceRules.usual(), null, ProductId.SKU);

    assertThat(CommerceData.of("AddToCart", product, bySku))
        .containsEntry("content_ids", List.of("SKU-17"));
    assertThat(CommerceData.of("AddToCart", product, TestSource.usual()))
        .containsEntry("content_ids", List.of("17"));
  }

  @Test
  void a_source_reads_fields_from_its_own_properties_and_from_no_others() {
    CommerceRules rules =
        TestSource.properties(
            Map.of(
                "value", List.of("net_total", "net"),
                "currency", List.of("cur"),
                "order_id", List.of("number"),
                "contents", List.of("lines"),
                "contents.id", List.of("article"),
                "contents.item_price", List.of("unit"),
                "contents.quantity", List.of("pieces")));
    Source source = TestSource.of(rules, null, ProductId.PRODUCT_ID);

    assertThat(
            CommerceData.of(
                "Purchase",
                TestSource.json(
                    """
                    {"net":8,"total":10,"cur":"usd","currency":"EUR","number":5,"order_id":"x",
                     "lines":[{"article":"a","unit":4,"pieces":2,"price":99}]}
                    """),
                source))
        .containsEntry("value", new BigDecimal(8))
        .containsEntry("currency", "USD")
        .containsEntry("order_id", "5")
        .containsEntry(
            "contents",
            List.of(Map.of("id", "a", "quantity", 2L, "item_price", new BigDecimal(4))));
    InvalidEvent refused =
        catchThrowableOfType(
            InvalidEvent.class,
            () ->
                CommerceData.of(
                    "Purchase", TestSource.json("{\"total\":10,\"cur\":\"USD\"}"), source));
    assertThat(refused.field()).isEqualTo("properties.total");
  }

  @Test
  void a_search_and_a_registration_keep_their_words() {
    assertThat(of("Search", "{\"query\":\"red shirt\"}"))
        .containsEntry("search_string", "red shirt");
    assertThat(of("CompleteRegistration", "{\"status\":\"done\",\"predicted_ltv\":12.5}"))
        .containsEntry("status", "done")
        .containsEntry("predicted_ltv", new BigDecimal("12.5"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void the_sum_of_products_is_exact_whatever_they_are(long seed) {
    var random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      int size = 1 + random.nextInt(8);
      List<BigDecimal> prices =
          IntStream.range(0, size)
              .mapToObj(_ -> BigDecimal.valueOf(random.nextInt(1_000_000), 2))
              .toList();
      List<Integer> quantities =
          IntStream.range(0, size).mapToObj(_ -> 1 + random.nextInt(9)).toList();
      String products =
          IntStream.range(0, size)
              .mapToObj(i ->
                  "{\"product_id\":\"p%d\",\"price\":%s,\"quantity\":%d}"
                      .formatted(i, prices.get(i).toPlainString(), quantities.get(i)))
              .collect(Collectors.joining(","));

      Map<String, Object> data =
          of("Purchase", "{\"currency\":\"EUR\",\"products\":[" + products + "]}");

      // in cents, so that nothing is rounded on the way
      long cents =
          IntStream.range(0, size)
              .mapToLong(i -> prices.get(i).movePointRight(2).longValueExact() * quantities.get(i))
              .sum();
      assertThat((BigDecimal) data.get("value"))
          .as("seed %d, run %d", seed, run)
          .isEqualByComparingTo(BigDecimal.valueOf(cents, 2));
      assertThat(data.get("num_items"))
          .isEqualTo(quantities.stream().mapToLong(Integer::longValue).sum());
    }
  }

  private static Map<String, Object> of(String name, String properties) {
    return CommerceData.of(name, TestSource.json(properties), TestSource.usual());
  }
}
