package io.rebound.ingest.tracking;

import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.sources.CommerceRules;
import io.rebound.ingest.sources.Source;
import io.rebound.ingest.sources.Source.ProductId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The products of an event, as items of Meta's {@code contents}. A product without an id is left
 * out: Meta refuses such an item.
 *
 * @param items in the event's order
 */
record Contents(List<Item> items) {
  private static final List<String> LISTS = List.of("products", "contents");
  private static final List<String> OF_A_LONE_PRODUCT = List.of("product_id", "productId", "sku");
  private static final List<String> SKU_FIRST = List.of("sku", "product_id", "productId", "id");
  private static final List<String> PRODUCT_ID_FIRST =
      List.of("product_id", "productId", "id", "sku");
  private static final List<String> QUANTITY = List.of("quantity");
  private static final List<String> PRICE = List.of("price", "item_price");

  /**
   * @param price of one, in the event's currency; null if it isn't known
   */
  record Item(String id, long quantity, @Nullable BigDecimal price) {}

  static Contents of(Fields properties, Source source) {
    CommerceRules rules = source.commerce();
    for (String list : rules.propertiesOf("contents", LISTS)) {
      if (properties.has(list) && !properties.json().path(list).isArray()) {
        throw new InvalidEvent("properties." + list, "must be a list");
      }
      List<Item> items = items(properties.objects(list), source);
      if (!items.isEmpty()) {
        return new Contents(items);
      }
    }
    // an event about one product has its fields at the top
    boolean alone = properties.text(ids(rules, OF_A_LONE_PRODUCT)) != null;
    return new Contents(alone ? items(List.of(properties), source) : List.of());
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  List<String> ids() {
    return items.size() == 1
        ? List.of(items.getFirst().id())
        : items.stream().map(Item::id).distinct().toList();
  }

  long count() {
    long count = 0;
    for (Item item : items) {
      count += item.quantity();
    }
    return count;
  }

  /** Null unless there are products and every one has a price. */
  @Nullable BigDecimal sum() {
    if (items.isEmpty()) {
      return null;
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (Item item : items) {
      if (item.price() == null) {
        return null;
      }
      sum = sum.add(item.price().multiply(BigDecimal.valueOf(item.quantity())));
    }
    return sum;
  }

  private static List<Item> items(List<Fields> products, Source source) {
    var items = new ArrayList<Item>(products.size());
    for (Fields product : products) {
      Item item = item(product, source);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  private static @Nullable Item item(Fields product, Source source) {
    CommerceRules rules = source.commerce();
    String id =
        source.productId() == ProductId.SKU
            ? product.text(ids(rules, SKU_FIRST))
            : product.text(ids(rules, PRODUCT_ID_FIRST));
    return id == null ? null : new Item(id, quantity(product, rules), price(product, rules));
  }

  private static List<String> ids(CommerceRules rules, List<String> usual) {
    return rules.propertiesOf("contents.id", usual);
  }

  private static long quantity(Fields product, CommerceRules rules) {
    BigDecimal quantity = first(product, rules.propertiesOf("contents.quantity", QUANTITY));
    return quantity == null || quantity.longValue() < 1 ? 1 : quantity.longValue();
  }

  private static @Nullable BigDecimal price(Fields product, CommerceRules rules) {
    return first(product, rules.propertiesOf("contents.item_price", PRICE));
  }

  private static @Nullable BigDecimal first(Fields product, List<String> names) {
    for (String name : names) {
      BigDecimal number = product.decimal(name);
      if (number != null) {
        return number;
      }
    }
    return null;
  }
}
