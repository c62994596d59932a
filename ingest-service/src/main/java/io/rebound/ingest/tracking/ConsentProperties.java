package io.rebound.ingest.tracking;

import io.rebound.events.Purpose;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the categories of a consent banner mean to us.
 *
 * @param consentCategories category, without regard to case, to purpose; replaces the default as a
 *     whole. A purpose with several categories needs all of them
 */
@ConfigurationProperties("rebound.ingest")
record ConsentProperties(@Nullable Map<String, Purpose> consentCategories) {
  private static final Map<String, Purpose> USUAL =
      Map.of(
          "advertising", Purpose.ADS,
          "ads", Purpose.ADS,
          "marketing", Purpose.ADS,
          "profiling", Purpose.PROFILING,
          "personalization", Purpose.PROFILING,
          "analytics", Purpose.PROFILING,
          "messaging", Purpose.MESSAGING,
          "whatsapp", Purpose.MESSAGING);

  /** By category in lower case. */
  Map<String, Purpose> categories() {
    if (consentCategories == null || consentCategories.isEmpty()) {
      return USUAL;
    }
    var categories = new HashMap<String, Purpose>();
    consentCategories.forEach(
        (category, purpose) -> categories.put(category.toLowerCase(Locale.ROOT), purpose));
    return categories;
  }
}
