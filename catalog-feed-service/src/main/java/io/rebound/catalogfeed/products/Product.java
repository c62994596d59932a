package io.rebound.catalogfeed.products;

import io.rebound.problems.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A product: its id and Meta's fields by their names.
 *
 * @param id what events name it by in {@code content_ids}, exactly
 */
public record Product(String id, Map<String, String> fields) {
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e\\p{L}\\p{N}]{1,100}");

  /** A whole product. Throws {@link InvalidRequest} naming the field at fault. */
  static Product whole(String id, JsonNode json) {
    Product product = part(id, json);
    for (ProductField field : ProductField.values()) {
      if (field.required() && !product.fields().containsKey(field.wireName())) {
        throw new InvalidRequest(field.wireName(), "must be given");
      }
    }
    return product;
  }

  /** Some fields of a product; null takes a field away. */
  static Product part(String id, JsonNode json) {
    if (!ID.matcher(id).matches()) {
      throw new InvalidRequest("id", "must have 1 to 100 characters, none of them a space");
    }
    if (!json.isObject()) {
      throw new InvalidRequest("body", "must be a JSON object");
    }
    var fields = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (!entry.getKey().equals("id") && !entry.getValue().isNull()) {
        fields.put(entry.getKey(), value(entry.getKey(), entry.getValue()));
      }
    }
    return new Product(id, fields);
  }

  private static String value(String name, JsonNode json) {
    ProductField field =
        ProductField.of(name)
            .orElseThrow(() -> new InvalidRequest(name, "is not a field of a product"));
    if (!json.isString() && !json.isNumber()) {
      throw new InvalidRequest(name, "must be a string");
    }
    String value = json.asString().strip();
    field
        .complaint(value)
        .ifPresent(complaint -> {
          throw new InvalidRequest(name, complaint);
        });
    return value;
  }

  /** The fields with some changed or taken away. */
  Product with(JsonNode changes) {
    Product changed = part(id, changes);
    var merged = new LinkedHashMap<>(fields);
    merged.putAll(changed.fields());
    for (Map.Entry<String, JsonNode> entry : changes.properties()) {
      if (entry.getValue().isNull()) {
        merged.remove(entry.getKey());
      }
    }
    for (ProductField field : ProductField.values()) {
      if (field.required() && !merged.containsKey(field.wireName())) {
        throw new InvalidRequest(field.wireName(), "can't be taken away");
      }
    }
    return new Product(id, merged);
  }
}
