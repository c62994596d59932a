package io.rebound.ingest.sources;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a source's e-commerce events differ from Segment's specification, and what it calls a
 * purchase.
 *
 * @param names the client's name of an event, without regard to case, spaces and signs, to the name
 *     behind the doors, or to {@code ignore}; goes before every other rule
 * @param properties Meta's custom_data field ({@code value}, {@code order_id}, {@code contents.id}
 *     …) to the properties it is read from, in this order; replaces the field's usual ones
 * @param purchaseAt which step of an order is the purchase; the other steps become custom events
 *     that count as none
 * @param refundsToMeta whether refunds and cancellations go to Meta too, as custom events with a
 *     negative value
 */
public record CommerceRules(
    @DefaultValue Map<String, String> names,
    @DefaultValue Map<String, List<String>> properties,
    @DefaultValue("placed") PurchaseMoment purchaseAt,
    @DefaultValue("false") boolean refundsToMeta) {

  /** What {@link #names} maps an event to that isn't wanted. */
  public static final String IGNORE = "ignore";

  private static final Set<String> FIELDS =
      Set.of(
          "value",
          "currency",
          "order_id",
          "contents",
          "contents.id",
          "contents.quantity",
          "contents.item_price",
          "content_ids",
          "content_type",
          "content_name",
          "content_category",
          "search_string",
          "num_items",
          "status",
          "delivery_category",
          "item_number",
          "product_catalog_id",
          "predicted_ltv",
          "net_revenue");
  private static final int LONGEST_NAME = 100;

  /** A step of an order. */
  public enum PurchaseMoment {
    PLACED,
    PAID,
    SHIPPED
  }

  public CommerceRules {
    names = names == null ? Map.of() : byBareName(names);
    properties = properties == null ? Map.of() : Map.copyOf(properties);
    purchaseAt = Objects.requireNonNullElse(purchaseAt, PurchaseMoment.PLACED);
    for (String field : properties.keySet()) {
      if (!FIELDS.contains(field)) {
        throw new IllegalArgumentException(
            "Properties can be given for " + String.join(", ", FIELDS.stream().sorted().toList()));
      }
    }
  }

  /** As Segment specifies it, the order's placing being the purchase. */
  public static CommerceRules usual() {
    return new CommerceRules(Map.of(), Map.of(), PurchaseMoment.PLACED, false);
  }

  /** What the source calls this event itself; null if it says nothing of it. */
  public @Nullable String nameOf(String event) {
    return names.isEmpty() ? null : names.get(bare(event));
  }

  /** The properties a field of custom_data is read from. */
  public List<String> propertiesOf(String field, List<String> usual) {
    return properties.isEmpty() ? usual : properties.getOrDefault(field, usual);
  }

  private static Map<String, String> byBareName(Map<String, String> names) {
    var byName = new HashMap<String, String>();
    names.forEach((from, to) -> {
      if (to.isBlank() || to.length() > LONGEST_NAME) {
        throw new IllegalArgumentException("The name of an event has 1 to 100 characters");
      }
      byName.put(bare(from), to.strip());
    });
    return Map.copyOf(byName);
  }

  // configuration formats differ in which signs they leave in a key
  private static String bare(String name) {
    return name.chars()
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .toLowerCase(Locale.ROOT);
  }
}
