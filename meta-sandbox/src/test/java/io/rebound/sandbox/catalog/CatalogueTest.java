package io.rebound.sandbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Sandboxes;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogueTest {
  private static final String SHIRT =
      """
      {"id": "%s", "title": "Trail shirt", "description": "Dries fast", "availability": "in stock",
       "condition": "new", "price": "29.90 EUR", "link": "https://shop.example/p/1",
       "image_link": "https://shop.example/p/1.jpg", "brand": "Alder"}
      """;

  private Caller caller;

  @BeforeEach
  void start() {
    caller = Sandboxes.fresh();
  }

  private Caller.Reply batch(String requests) {
    return caller.post(
        "/v26.0/3000000003/items_batch",
        "{\"item_type\": \"PRODUCT_ITEM\", \"allow_upsert\": false, \"requests\": [%s]}"
            .formatted(requests));
  }

  private static String create(String id) {
    return "{\"method\": \"CREATE\", \"data\": %s}".formatted(SHIRT.formatted(id));
  }

  private JsonNode status(JsonNode answer) {
    return caller
        .get(
            "/v26.0/3000000003/check_batch_request_status?load_ids_of_invalid_requests=true&handle="
                + answer.path("handles").path(0).asString())
        .json()
        .path("data")
        .path(0);
  }

  @Test
  void created_items_are_read_back_by_the_names_of_products() {
    JsonNode answer = batch(create("S-1")).json();

    assertThat(answer.path("handles")).hasSize(1);
    assertThat(answer.path("validation_status")).isEmpty();
    assertThat(status(answer).path("status").asString()).isEqualTo("finished");
    JsonNode product =
        caller
            .get("/v26.0/3000000003/products?fields=retailer_id,name,price,availability")
            .json()
            .path("data")
            .path(0);
    assertThat(product.path("retailer_id").asString()).isEqualTo("S-1");
    assertThat(product.path("name").asString()).isEqualTo("Trail shirt");
    assertThat(product.path("price").asString()).isEqualTo("€29.90");
  }

  @Test
  void updates_change_only_what_they_give_and_deletes_remove() {
    batch(create("S-1") + "," + create("S-2"));

    batch(
        """
        {"method": "UPDATE", "data": {"id": "S-1", "price": "19.90 EUR"}},
        {"method": "DELETE", "data": {"id": "S-2"}}
        """);

    JsonNode items = caller.get("/_sandbox/catalogs/3000000003/items").json().path("data");
    assertThat(items).hasSize(1);
    assertThat(items.path(0).path("price").asString()).isEqualTo("19.90 EUR");
    assertThat(items.path(0).path("brand").asString()).isEqualTo("Alder");
  }

  @Test
  void a_bad_record_is_told_and_the_others_take_effect() {
    JsonNode answer =
        batch(
                create("S-1")
                    + ",{\"method\": \"UPDATE\", \"data\": {\"id\": \"S-9\", \"price\": \"1.00 EUR\"}}")
            .json();

    assertThat(answer.path("validation_status").path(0).path("retailer_id").asString())
        .isEqualTo("S-9");
    JsonNode status = status(answer);
    assertThat(status.path("errors_total_count").asInt()).isEqualTo(1);
    assertThat(status.path("ids_of_invalid_requests").path(0).asString()).isEqualTo("S-9");
    assertThat(caller.get("/_sandbox/catalogs/3000000003/items").json().path("data")).hasSize(1);
  }

  @Test
  void no_handle_is_given_if_no_record_is_good() {
    Caller.Reply reply = batch(create("S-1").replace("29.90 EUR", "29,90 €"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("handles")).isEmpty();
    assertThat(reply.json().path("validation_status").path(0).path("errors")).hasSize(1);
  }

  @Test
  void an_unknown_field_is_a_warning_only() {
    JsonNode answer =
        batch(create("S-1").replace("\"brand\"", "\"colour\": \"red\", \"brand\"")).json();

    assertThat(answer.path("handles")).hasSize(1);
    assertThat(answer.path("validation_status").path(0).path("warnings")).hasSize(1);
  }

  @Test
  void more_records_than_Meta_takes_are_refused_as_a_whole() {
    Caller.Reply reply = batch(String.join(",", Collections.nCopies(5_001, "{}")));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("code").asInt()).isEqualTo(100);
  }

  @Test
  void an_unknown_handle_is_refused() {
    assertThat(
            caller
                .get("/v26.0/3000000003/check_batch_request_status?handle=nobody")
                .error()
                .path("code")
                .asInt())
        .isEqualTo(100);
  }

  @Test
  void items_are_paged_by_their_ids() {
    batch(create("S-1") + "," + create("S-2") + "," + create("S-3"));

    JsonNode first = caller.get("/_sandbox/catalogs/3000000003/items?limit=2").json();
    JsonNode second =
        caller
            .get(
                "/_sandbox/catalogs/3000000003/items?limit=2&after="
                    + first.path("next").asString())
            .json();

    assertThat(first.path("data")).hasSize(2);
    assertThat(second.path("data").path(0).path("id").asString()).isEqualTo("S-3");
    assertThat(second.has("next")).isFalse();
  }
}
