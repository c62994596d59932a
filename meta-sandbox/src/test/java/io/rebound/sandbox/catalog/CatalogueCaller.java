package io.rebound.sandbox.catalog;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Speaks to a sandbox about its catalogue. */
record CatalogueCaller(Caller meta) {
  static final String CATALOGUE = "/v26.0/3000000003/";

  /** A batch of one item with these fields beside the usual ones. */
  Reply create(String id, String price, String more) {
    return batch("{\"method\":\"CREATE\",\"data\":%s}".formatted(item(id, price, more)));
  }

  Reply batch(String requests) {
    return meta.post(
        CATALOGUE + "items_batch",
        "{\"item_type\":\"PRODUCT_ITEM\",\"requests\":[" + requests + "]}");
  }

  static String item(String id, String price, String more) {
    return """
    {"id":"%s","title":"Trail shirt","description":"Dries fast","availability":"in stock",\
    "condition":"new","price":"%s","link":"https://shop.example/p","brand":"Alder",\
    "image_link":"https://shop.example/p.jpg"%s}\
    """
        .formatted(id, price, more);
  }

  JsonNode status(Reply batch) {
    return meta.get(
            CATALOGUE
                + "check_batch_request_status?handle="
                + batch.json().path("handles").path(0).asString())
        .json()
        .path("data")
        .path(0);
  }

  /** The shop's ids of the products at that edge. */
  List<String> products(String owner) {
    return meta.get("/v26.0/" + owner + "/products?fields=retailer_id&limit=1000")
        .json()
        .path("data")
        .valueStream()
        .map(product -> product.path("retailer_id").asString())
        .toList();
  }

  List<String> products() {
    return products("3000000003");
  }

  void clockMovesTo(Duration offset) {
    meta.put("/_sandbox/clock", "{\"offset_seconds\":%d}".formatted(offset.toSeconds()));
  }
}
