package io.rebound.ingest.tracking;

import static io.rebound.ingest.tracking.EventNames.PURCHASE;

import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.sources.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Segment's e-commerce properties as Meta's custom_data. A pure function. Which properties a field
 * is read from, a source may say itself.
 */
final class CommerceData {
  private static final Set<String> WITH_PRODUCTS =
      Set.of(
          PURCHASE,
          "ViewContent",
          "AddToCart",
          "AddToWishlist",
          "InitiateCheckout",
          "AddPaymentInfo",
          "Search");
  private static final Map<String, List<String>> TEXTS = texts();

  private final String name;
  private final Fields properties;
  private final Source source;
  private final Map<String, Object> data = new LinkedHashMap<>();

  private CommerceData(String name, Fields properties, Source source) {
    this.name = name;
    this.properties = properties;
    this.source = source;
  }

  /**
   * @param name the event's name behind the doors
   */
  static Map<String, Object> of(String name, Fields properties, Source source) {
    var data = new CommerceData(name, properties, source);
    Contents contents = Contents.of(properties, source);
    data.putWords();
    data.putContents(contents);
    Money.of(name, properties, source, contents).putInto(data.data);
    return data.data;
  }

  private void putWords() {
    TEXTS.forEach((field, usual) -> put(field, properties.text(names(field, usual))));
    if (EventNames.takesBack(name) && !data.containsKey("order_id")) {
      throw new InvalidEvent("properties.order_id", "must be given: which order it takes back");
    }
    put("predicted_ltv", decimal("predicted_ltv"));
    put("net_revenue", decimal("net_revenue"));
    if (WITH_PRODUCTS.contains(name)) {
      data.computeIfAbsent("content_name", _ -> properties.text("name"));
      data.computeIfAbsent("content_category", _ -> properties.text("category"));
    }
  }

  private void putContents(Contents contents) {
    if (contents.isEmpty()) {
      List<String> ids = contentIds();
      if (!ids.isEmpty()) {
        data.put("content_ids", ids);
        data.putIfAbsent("content_type", "product");
      }
      BigDecimal items = decimal("num_items");
      put("num_items", items == null ? null : Long.valueOf(items.longValue()));
      return;
    }
    data.put("contents", written(contents.items()));
    data.put("content_ids", contents.ids());
    data.putIfAbsent("content_type", "product");
    data.put("num_items", contents.count());
  }

  private static List<Map<String, Object>> written(List<Contents.Item> items) {
    var written = new ArrayList<Map<String, Object>>(items.size());
    items.forEach(item -> written.add(written(item)));
    return written;
  }

  private static Map<String, Object> written(Contents.Item item) {
    var written = new LinkedHashMap<String, Object>();
    written.put("id", item.id());
    written.put("quantity", item.quantity());
    if (item.price() != null) {
      written.put("item_price", item.price());
    }
    return written;
  }

  private List<String> contentIds() {
    for (String property : names("content_ids", List.of("content_ids"))) {
      List<String> ids = properties.texts(property);
      if (!ids.isEmpty()) {
        return ids;
      }
    }
    return List.of();
  }

  private @Nullable BigDecimal decimal(String field) {
    for (String property : names(field, List.of(field))) {
      BigDecimal number = properties.decimal(property);
      if (number != null) {
        return number;
      }
    }
    return null;
  }

  private List<String> names(String field, List<String> usual) {
    return source.commerce().propertiesOf(field, usual);
  }

  private void put(String key, @Nullable Object value) {
    if (value != null) {
      data.put(key, value);
    }
  }

  private static Map<String, List<String>> texts() {
    var texts = new LinkedHashMap<String, List<String>>();
    for (String field :
        List.of(
            "content_type",
            "content_name",
            "content_category",
            "status",
            "delivery_category",
            "item_number",
            "product_catalog_id")) {
      texts.put(field, List.of(field));
    }
    texts.put("order_id", List.of("order_id", "orderId"));
    texts.put("search_string", List.of("search_string", "query"));
    return texts;
  }
}
