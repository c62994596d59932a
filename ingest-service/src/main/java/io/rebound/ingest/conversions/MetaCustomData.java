package io.rebound.ingest.conversions;

import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.sources.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Meta's custom_data as it came, with what Meta refuses refused here: a purchase without value or
 * currency, a value without currency, contents without id. Keys that aren't Meta's pass only if the
 * source allows them.
 *
 * @see <a
 *     href="https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/custom-data">Custom
 *     data parameters</a>
 */
final class MetaCustomData {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final List<String> TEXTS =
      List.of(
          "content_type",
          "content_name",
          "content_category",
          "order_id",
          "search_string",
          "status",
          "delivery_category",
          "item_number",
          "product_catalog_id",
          "customer_segmentation");
  private static final List<String> NUMBERS = List.of("predicted_ltv", "net_revenue");
  private static final List<String> STORE = List.of("store_page_id", "brand_page_id", "store_code");
  private static final List<String> ITEM_TEXTS =
      List.of("title", "description", "brand", "category", "delivery_category");
  private static final Set<String> KNOWN =
      Stream.of(
              TEXTS,
              NUMBERS,
              List.of("value", "currency", "content_ids", "contents", "num_items", "store_data"))
          .flatMap(List::stream)
          .collect(Collectors.toSet());

  // how the gateway class of Meta's Java SDK writes what its other door puts beside the rest
  private static final String OF_THE_GATEWAY = "customProperties";

  private final Map<String, Object> data = new LinkedHashMap<>();
  private final Fields given;

  private MetaCustomData(Fields given) {
    this.given = given;
  }

  /** An event's custom_data, custom properties among the rest. */
  static Fields given(Fields event) {
    Fields given = event.requiredObject("custom_data", "custom_data");
    Fields nested = given.object(OF_THE_GATEWAY);
    if (nested.json().isEmpty()) {
      return given;
    }
    ObjectNode flat = (ObjectNode) given.json().deepCopy();
    flat.remove(OF_THE_GATEWAY);
    nested.json().properties().forEach(one -> flat.putIfAbsent(one.getKey(), one.getValue()));
    return new Fields(flat);
  }

  /** Whether a key of that name goes to Meta without the source's leave. */
  static boolean knows(String name) {
    return KNOWN.contains(name);
  }

  static Map<String, Object> of(String eventName, Fields given, Source source) {
    var custom = new MetaCustomData(given);
    TEXTS.forEach(name -> custom.put(name, given.text(name)));
    NUMBERS.forEach(name -> custom.put(name, custom.number(name)));
    custom.put("status", given.flag("status"));
    custom.putContents();
    custom.putStore();
    custom.putMoney(eventName.equals("Purchase"), source);
    return custom.data;
  }

  private void putMoney(boolean purchase, Source source) {
    BigDecimal value = number("value");
    String currency = currency(source);
    if (purchase && value == null) {
      throw new InvalidEvent("custom_data.value", "must be given for a Purchase");
    }
    if (currency == null && (purchase || value != null)) {
      throw new InvalidEvent("custom_data.currency", "must be given beside a value");
    }
    put("value", value);
    put("currency", currency);
  }

  private @Nullable String currency(Source source) {
    String stated = given.text("currency");
    if (stated == null) {
      return given.has("value") ? source.currency() : null;
    }
    String code = stated.toUpperCase(Locale.ROOT);
    if (!CURRENCY.matcher(code).matches()) {
      throw new InvalidEvent("custom_data.currency", "must be three letters (ISO 4217)");
    }
    return code;
  }

  private void putContents() {
    List<String> ids = given.texts("content_ids");
    if (!ids.isEmpty()) {
      data.put("content_ids", ids);
    }
    if (given.has("contents")) {
      if (!given.json().path("contents").isArray()) {
        throw new InvalidEvent("custom_data.contents", "must be a list");
      }
      var contents = new ArrayList<Map<String, Object>>();
      given.objects("contents").forEach(item -> contents.add(item(item)));
      data.put("contents", contents);
    }
    BigDecimal items = number("num_items");
    put("num_items", items == null ? null : Long.valueOf(items.longValue()));
  }

  private void putStore() {
    Fields store = given.requiredObject("store_data", "custom_data.store_data");
    Map<String, Object> texts = texts(store, STORE);
    if (!texts.isEmpty()) {
      data.put("store_data", texts);
    }
  }

  private static Map<String, Object> texts(Fields object, List<String> names) {
    var texts = new LinkedHashMap<String, Object>();
    for (String name : names) {
      String text = object.text(name);
      if (text != null) {
        texts.put(name, text);
      }
    }
    return texts;
  }

  private static Map<String, Object> item(Fields given) {
    String id = given.text("id");
    if (id == null) {
      throw new InvalidEvent("custom_data.contents", "must have an id in every item");
    }
    var item = new LinkedHashMap<String, Object>();
    item.put("id", id);
    BigDecimal quantity = given.decimal("quantity");
    item.put("quantity", quantity == null ? 1L : quantity.longValue());
    BigDecimal price = given.decimal("item_price");
    if (price != null) {
      item.put("item_price", price);
    }
    item.putAll(texts(given, ITEM_TEXTS));
    return item;
  }

  private @Nullable BigDecimal number(String name) {
    BigDecimal number = given.decimal(name);
    if (number == null && given.has(name)) {
      throw new InvalidEvent("custom_data." + name, "must be a number");
    }
    return number;
  }

  private void put(String name, @Nullable Object value) {
    if (value != null) {
      data.put(name, value);
    }
  }
}
