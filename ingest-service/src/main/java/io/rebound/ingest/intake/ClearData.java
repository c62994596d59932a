package io.rebound.ingest.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.ingest.sources.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Decides what of an event travels in clear: Meta's custom_data and the properties that the source
 * allows by name, none of it with an e-mail address or telephone number inside.
 */
@Component
final class ClearData {
  // Ids are long numbers by nature, so only addresses are looked for in them, and an id with an
  // address in it is left out: masked, it would be somebody else's id.
  private static final Set<String> IDS =
      Set.of(
          "order_id",
          "content_ids",
          "id",
          "item_number",
          "product_catalog_id",
          "event_id",
          "store_page_id",
          "brand_page_id",
          "store_code",
          "upload_id");
  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_LIST = 1000;

  private final Counter masked;

  ClearData(MeterRegistry metrics) {
    masked =
        Counter.builder("rebound_ingest_texts_masked_total")
            .description("Clear texts that looked like an e-mail address or telephone number")
            .register(metrics);
  }

  Map<String, Object> of(RawEvent event, Source source) {
    if (isHarmless(event.customData()) && source.allowedProperties().isEmpty()) {
      return event.customData();
    }
    var clear = new LinkedHashMap<String, Object>();
    event.customData().forEach((name, value) -> put(clear, name, scanned(name, value)));
    for (String name : source.allowedProperties()) {
      if (!clear.containsKey(name)) {
        put(clear, name, allowed(name, event.properties().json().path(name)));
      }
    }
    return clear;
  }

  /** What Meta is to be told beside; of a page's address only what may stay. */
  Map<String, Object> serverFields(RawEvent event, Source source) {
    var clear = new LinkedHashMap<String, Object>();
    event
        .serverFields()
        .clear()
        .forEach((name, value) ->
            put(
                clear,
                name,
                name.endsWith("_url") && value instanceof String url
                    ? PageUrl.clean(url, source.allowedQueryParameters())
                    : scanned(name, value)));
    return clear;
  }

  /** Whether nothing in it has to be looked at closer; so it is with nearly every event. */
  private static boolean isHarmless(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case String text -> text.length() <= LONGEST_TEXT && ContactScan.isHarmless(text);
      case List<?> list -> list.size() <= LONGEST_LIST && areHarmless(list);
      case Map<?, ?> object -> areHarmless(object.values());
      default -> true;
    };
  }

  private static boolean areHarmless(Collection<?> values) {
    for (Object value : values) {
      if (!isHarmless(value)) {
        return false;
      }
    }
    return true;
  }

  private static void put(Map<String, Object> clear, String name, @Nullable Object value) {
    if (value != null) {
      clear.put(name, value);
    }
  }

  private @Nullable Object scanned(String name, Object value) {
    return switch (value) {
      case String text -> scannedText(name, text);
      case List<?> list -> scannedList(name, list);
      case Map<?, ?> object -> scannedObject(object);
      default -> value;
    };
  }

  private @Nullable String scannedText(String name, String text) {
    String clean =
        IDS.contains(name) ? ContactScan.maskedAddresses(text) : ContactScan.masked(text);
    if (!clean.equals(text)) {
      masked.increment();
      return IDS.contains(name) ? null : shortened(clean);
    }
    return shortened(text);
  }

  private List<Object> scannedList(String name, List<?> list) {
    var clean = new ArrayList<>(list.size());
    for (Object item : list.subList(0, Math.min(list.size(), LONGEST_LIST))) {
      Object value = scanned(name, item);
      if (value != null) {
        clean.add(value);
      }
    }
    return clean;
  }

  /** An item of contents: without its id it says nothing. */
  private @Nullable Map<String, Object> scannedObject(Map<?, ?> object) {
    var clean = new LinkedHashMap<String, Object>();
    object.forEach((name, value) ->
        put(clean, String.valueOf(name), scanned(String.valueOf(name), (Object) value)));
    return object.containsKey("id") && !clean.containsKey("id") ? null : clean;
  }

  /** A property that the source allows: a text, a number, a flag, or a list of these. */
  private @Nullable Object allowed(String name, JsonNode field) {
    if (field.isArray()) {
      List<Object> values =
          field
              .valueStream()
              .limit(LONGEST_LIST)
              .filter(item -> !item.isContainer())
              .map(item -> allowed(name, item))
              .filter(value -> value != null)
              .map(value -> (Object) value)
              .toList();
      return values.isEmpty() ? null : values;
    }
    if (field.isNumber()) {
      return number(field);
    }
    if (field.isBoolean()) {
      return field.booleanValue();
    }
    String text = Text.of(field);
    return text == null ? null : scannedText(name, text);
  }

  private static @Nullable Number number(JsonNode field) {
    if (field.canConvertToLong() && field.isIntegralNumber()) {
      return field.longValue();
    }
    BigDecimal number = field.decimalValue();
    return Fields.withinReason(number) ? number : null;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT / 2));
  }
}
