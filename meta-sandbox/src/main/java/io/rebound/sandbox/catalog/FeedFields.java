package io.rebound.sandbox.catalog;

import io.rebound.sandbox.graph.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a row's texts into an item's fields.
 *
 * @param defaultCurrency for prices without one
 */
record FeedFields(String defaultCurrency) {
  private static final Pattern BARE_PRICE = Pattern.compile("\\d+(\\.\\d+)?");
  private static final Pattern IMAGE = Pattern.compile("image\\[\\d+]\\.url");

  /** The fields that are known and given; a column nobody knows is ignored. */
  ObjectNode row(List<String> header, List<String> values) {
    ObjectNode row = Answer.object();
    for (int i = 0; i < Math.min(header.size(), values.size()); i++) {
      String name = header.get(i);
      String value = values.get(i).strip();
      if (value.isEmpty()) {
        continue;
      }
      if (IMAGE.matcher(name).matches()) {
        row.withArray("image").addObject().put("url", value);
      } else if (ItemRules.knows(name)) {
        put(row, name, value);
      }
    }
    return row;
  }

  private void put(ObjectNode row, String name, String value) {
    switch (name) {
      case "price", "sale_price" ->
          row.put(
              name, BARE_PRICE.matcher(value).matches() ? value + " " + defaultCurrency : value);
      case "availability" -> row.put(name, value.replace('_', ' ')); // Google's spelling
      case "internal_label" -> labels(row.putArray(name), value);
      default -> row.put(name, value);
    }
  }

  // ['run','outlet'], kept in lower case
  private static void labels(ArrayNode labels, String value) {
    Arrays.stream(value.replaceAll("[\\[\\]'\"]", "").split(","))
        .map(label -> label.strip().toLowerCase(Locale.ROOT))
        .filter(label -> !label.isEmpty())
        .forEach(labels::add);
  }
}
