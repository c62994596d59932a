package io.rebound.sandbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.Sandboxes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductSetsTest {
  private final CatalogueCaller shop = new CatalogueCaller(Sandboxes.fresh());

  @BeforeEach
  void fill() {
    shop.create("S-1", "9.90 EUR", ",\"custom_label_0\":\"Winter\",\"internal_label\":[\"run\"]");
    shop.create("S-2", "29.90 EUR", ",\"custom_label_0\":\"summer\"");
    shop.create("S-3", "30 JPY", ",\"internal_label\":[\"outlet\",\"run\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                        | S-1 S-2 S-3
          {"retailer_id":{"is_any":["s-1","S-3"]}}                                  | S-1 S-3
          {"custom_label_0":{"eq":"winter"}}                                        | S-1
          {"custom_label_0":{"neq":"winter"}}                                       | S-2 S-3
          {"tags":{"eq":"run"}}                                                     | S-1 S-3
          {"price_amount":{"gte":2990}}                                             | S-2
          {"price_amount":{"lt":990}}                                               | S-3
          {"name":{"i_contains":"TRAIL"}}                                           | S-1 S-2 S-3
          {"or":[{"custom_label_0":{"eq":"summer"}},{"tags":{"eq":"outlet"}}]}      | S-2 S-3
          {"and":[{"availability":{"eq":"in stock"}},{"price_amount":{"lte":990}}]} | S-1 S-3
          """)
  void a_set_has_the_items_its_filter_takes(String filter, String expected) {
    String set = create(filter).json().path("id").asString();

    assertThat(shop.products(set)).containsExactly(expected.split(" "));
    assertThat(
            shop.meta()
                .get("/v26.0/" + set + "?fields=name,product_count")
                .json()
                .path("product_count")
                .asInt())
        .isEqualTo(expected.split(" ").length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"shoe_size\":{\"eq\":\"1\"}}",
        "{\"brand\":{\"like\":\"1\"}}",
        "{\"price_amount\":{\"gt\":\"much\"}}",
        "[]"
      })
  void a_filter_that_makes_no_sense_is_refused(String filter) {
    assertThat(create(filter).error().path("code").asInt()).isEqualTo(100);
  }

  @Test
  void members_come_and_go_as_items_change() {
    String set = create("{\"brand\":{\"eq\":\"Birch\"}}").json().path("id").asString();
    assertThat(shop.products(set)).isEmpty();

    shop.batch("{\"method\":\"UPDATE\",\"data\":{\"id\":\"S-2\",\"brand\":\"Birch\"}}");

    assertThat(shop.products(set)).containsExactly("S-2");
  }

  @Test
  void a_set_is_listed_changed_and_deleted_and_its_filter_is_its_own() {
    String set = create("{\"brand\":{\"eq\":\"Alder\"}}").json().path("id").asString();

    assertThat(create("{\"brand\":{\"eq\":\"Alder\"}}").error().path("code").asInt())
        .isEqualTo(10803);
    shop.meta().post("/v26.0/" + set, "{\"name\":\"Renamed\"}");
    assertThat(
            shop.meta()
                .get(CatalogueCaller.CATALOGUE + "product_sets")
                .json()
                .at("/data/0/name")
                .asString())
        .isEqualTo("Renamed");
    shop.meta().delete("/v26.0/" + set, null);
    assertThat(shop.meta().get("/v26.0/" + set).error().path("error_subcode").asInt())
        .isEqualTo(33);
    assertThat(create("{\"brand\":{\"eq\":\"Alder\"}}").status()).isEqualTo(200);
  }

  private Reply create(String filter) {
    return shop.meta()
        .post(
            CatalogueCaller.CATALOGUE + "product_sets",
            "{\"name\":\"Set\",\"filter\":%s}".formatted(filter));
  }
}
