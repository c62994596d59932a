package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import java.util.Currency;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * An item of the catalogue.
 *
 * @param id Meta's id of it
 * @param data its fields by the names they are written with, never changed
 * @param feed the feed it comes from; empty if a batch made it
 */
record Item(String id, ObjectNode data, String feed) {
  String retailerId() {
    return text("id");
  }

  /** The item by the names it is read with. */
  ObjectNode product() {
    String image = text("image_link");
    return Answer.object()
        .put("id", id)
        .put("retailer_id", retailerId())
        .put("name", text("title"))
        .put("description", text("description"))
        .put("availability", text("availability"))
        .put("condition", text("condition"))
        .put("price", formatted(text("price")))
        .put("sale_price", formatted(text("sale_price")))
        .put("currency", currency(text("price")))
        .put("url", text("link"))
        .put(
            "image_url",
            image.isEmpty() ? data.path("image").path(0).path("url").asString("") : image)
        .put("brand", text("brand"))
        .put("category", text("google_product_category"))
        .put("retailer_product_group_id", text("item_group_id"))
        .put("visibility", text("status").equals("archived") ? "staging" : "published")
        .put("review_status", "approved")
        .put("image_fetch_status", "NO_STATUS");
  }

  /** The item as it was written, for the inspection and the journal. */
  ObjectNode kept() {
    ObjectNode kept = Answer.object().put("product_item_id", id).put("feed", feed);
    kept.set("data", data);
    return kept;
  }

  private String text(String field) {
    return data.path(field).asString("");
  }

  private static String currency(String price) {
    return price.substring(price.indexOf(' ') + 1);
  }

  // Meta shows €29.90, which nobody should parse
  private static String formatted(String price) {
    int blank = price.indexOf(' ');
    return blank < 0
        ? ""
        : Currency.getInstance(currency(price)).getSymbol(Locale.US) + price.substring(0, blank);
  }
}
