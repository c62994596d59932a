package io.rebound.sandbox.conversions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How good an event that Meta takes is. The answer tells nothing of it; Events Manager does, and
 * what is wrong here shows as a lower match rate.
 *
 * @param matchKeys the keys of {@code user_data} that can match a person, as {@link
 *     CustomerInformation} numbers them; what should be hashed and isn't, never can
 * @param diagnostics words like {@code unhashed:em}, without any of the event's values
 */
record Review(long matchKeys, List<String> diagnostics) {
  private static final Set<String> EVENT_KEYS =
      Set.of(
          "event_name",
          "event_time",
          "event_id",
          "action_source",
          "user_data",
          "custom_data",
          "event_source_url",
          "referrer_url",
          "opt_out",
          "data_processing_options",
          "data_processing_options_country",
          "data_processing_options_state",
          "customer_segmentation",
          "original_event_data",
          "attribution_data",
          "app_data",
          "extinfo",
          "messaging_channel",
          "advanced_measurement_table");

  static Review of(JsonNode event) {
    List<String> found = new ArrayList<>(0);
    for (String key : event.propertyNames()) {
      if (!EVENT_KEYS.contains(key)) {
        add(found, "unknown:" + key);
      }
    }
    long usable = 0;
    for (Map.Entry<String, JsonNode> entry : event.path("user_data").properties()) {
      String key = entry.getKey();
      if (!CustomerInformation.isKnown(key)) {
        add(found, "unknown:user_data." + key);
      } else if (canMatch(key, entry.getValue(), found)) {
        usable |= CustomerInformation.bit(key);
      }
    }
    return new Review(usable, List.copyOf(found));
  }

  // one good value of a list is enough
  private static boolean canMatch(String key, JsonNode given, List<String> found) {
    if (!given.isArray()) {
      return isGood(key, given, found);
    }
    boolean good = false;
    for (JsonNode one : given) {
      good |= isGood(key, one, found);
    }
    return good;
  }

  private static boolean isGood(String key, JsonNode given, List<String> found) {
    String value = given.isNull() ? "" : given.asString("");
    if (value.isBlank()) {
      return false;
    }
    String flaw = MatchKeyForm.flaw(key, value);
    if (flaw.isEmpty()) {
      return true;
    }
    add(found, flaw + ":" + key);
    return false;
  }

  private static void add(List<String> found, String word) {
    if (!found.contains(word)) {
      found.add(word);
    }
  }
}
