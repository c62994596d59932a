package io.rebound.ingest.tracking;

import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.sources.Source;
import io.rebound.ingest.sources.Source.ProductId;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Segment's e-commerce properties as Meta's custom_data. A pure function.
 *
 * <p>The value of a purchase is what was paid: {@code total} (with tax and shipping), else {@code
 * revenue}, else {@code value}, else the sum of the products' prices. Of anything else it is {@code
 * value}, else {@code total}, else {@code revenue}, else the sum. Segment's documentation lets a
 * missing currency be US dollars; we don't guess with money: it is the source's, or a purchase is
 * refused and any other event goes on without its value, because Meta refuses one without currency.
 */
final class CommerceData {
  private static final String PURCHASE = "Purchase";
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Set<String> WITH_PRODUCTS =
      Set.of(
          PURCHASE,
          "ViewContent",
          "AddToCart",
          "AddToWishlist",
          "InitiateCheckout",
          "AddPaymentInfo",
          "Search");
  private static final List<String> AS_IT_IS =
      List.of(
          "content_type",
          "content_name",
          "content_category",
          "search_string",
          "status",
          "delivery_category",
          "item_number",
          "product_catalog_id");

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
   * @param name Meta's name of the event
   */
  static Map<String, Object> of(String name, Fields properties, Source source) {
    var data = new CommerceData(name, properties, source);
    data.putWords();
    data.putProducts();
    data.putMoney();
    return data.data;
  }

  private void putWords() {
    AS_IT_IS.forEach(key -> put(key, properties.text(key)));
    put("order_id", properties.text("order_id", "orderId"));
    put("search_string", properties.text("search_string", "query"));
    put("predicted_ltv", properties.decimal("predicted_ltv"));
    put("net_revenue", properties.decimal("net_revenue"));
    if (WITH_PRODUCTS.contains(name)) {
      data.computeIfAbsent("content_name", _ -> properties.text("name"));
      data.computeIfAbsent("content_category", _ -> properties.text("category"));
    }
  }

  private void putProducts() {
    List<Map<String, Object>> contents = contents();
    if (contents.isEmpty()) {
      List<String> ids = properties.texts("content_ids");
      if (!ids.isEmpty()) {
        data.put("content_ids", ids);
        data.putIfAbsent("content_type", "product");
      }
      put("num_items", wholeNumber(properties.decimal("num_items")));
      return;
    }
    data.put("contents", contents);
    data.put("content_ids", contents.stream().map(item -> item.get("id")).distinct().toList());
    data.putIfAbsent("content_type", "product");
    data.put("num_items", contents.stream().mapToLong(item -> (Long) item.get("quantity")).sum());
  }

  private List<Map<String, Object>> contents() {
    for (String list : List.of("products", "contents")) {
      if (properties.has(list) && !properties.json().path(list).isArray()) {
        throw new InvalidEvent("properties." + list, "must be a list");
      }
      List<Map<String, Object>> items = items(properties.objects(list));
      if (!items.isEmpty()) {
        return items;
      }
    }
    boolean alone = properties.text("product_id", "productId", "sku") != null;
    return alone ? items(List.of(properties)) : List.of();
  }

  private List<Map<String, Object>> items(List<Fields> products) {
    return products.stream().map(this::item).filter(item -> item.containsKey("id")).toList();
  }

  /** Empty where the product has no id: Meta refuses such an item. */
  private Map<String, Object> item(Fields product) {
    String id = productId(product);
    if (id == null) {
      return Map.of();
    }
    var item = new LinkedHashMap<String, Object>();
    item.put("id", id);
    item.put("quantity", quantity(product));
    BigDecimal price = price(product);
    if (price != null) {
      item.put("item_price", price);
    }
    return item;
  }

  private @Nullable String productId(Fields product) {
    return source.productId() == ProductId.SKU
        ? product.text("sku", "product_id", "productId", "id")
        : product.text("product_id", "productId", "id", "sku");
  }

  private static long quantity(Fields product) {
    Long quantity = wholeNumber(product.decimal("quantity"));
    return quantity == null || quantity < 1 ? 1 : quantity;
  }

  private static @Nullable BigDecimal price(Fields product) {
    BigDecimal price = product.decimal("price");
    return price == null ? product.decimal("item_price") : price;
  }

  private void putMoney() {
    BigDecimal value = value();
    String currency = currency();
    if (name.equals(PURCHASE)) {
      if (value == null) {
        throw new InvalidEvent("properties.total", "or revenue or value must be given");
      }
      if (currency == null) {
        throw new InvalidEvent("properties.currency", "must be given, as three letters");
      }
    }
    if (currency != null) {
      put("value", value);
      data.put("currency", currency);
    }
  }

  private @Nullable BigDecimal value() {
    List<String> places =
        name.equals(PURCHASE)
            ? List.of("total", "revenue", "value")
            : List.of("value", "total", "revenue");
    for (String place : places) {
      if (properties.has(place)) {
        BigDecimal value = properties.decimal(place);
        if (value == null && name.equals(PURCHASE)) {
          throw new InvalidEvent("properties." + place, "must be an amount");
        }
        return value;
      }
    }
    return sumOfProducts();
  }

  /** Null unless every product has a price. */
  private @Nullable BigDecimal sumOfProducts() {
    if (!(data.get("contents") instanceof List<?> contents)) {
      return null;
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (Object item : contents) {
      if (!(item instanceof Map<?, ?> product)
          || !(product.get("item_price") instanceof BigDecimal price)
          || !(product.get("quantity") instanceof Long quantity)) {
        return null;
      }
      sum = sum.add(price.multiply(BigDecimal.valueOf(quantity)));
    }
    return sum;
  }

  private @Nullable String currency() {
    String stated = properties.text("currency");
    if (stated == null) {
      return source.currency();
    }
    String code = stated.toUpperCase(Locale.ROOT);
    if (CURRENCY.matcher(code).matches()) {
      return code;
    }
    if (name.equals(PURCHASE)) {
      throw new InvalidEvent("properties.currency", "must be three letters (ISO 4217)");
    }
    return null;
  }

  private static @Nullable Long wholeNumber(@Nullable BigDecimal number) {
    return number == null ? null : Long.valueOf(number.longValue());
  }

  private void put(String key, @Nullable Object value) {
    if (value != null) {
      data.put(key, value);
    }
  }
}
