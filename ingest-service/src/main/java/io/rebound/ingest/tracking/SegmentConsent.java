package io.rebound.ingest.tracking;

import io.rebound.events.ConsentForm;
import io.rebound.events.Purpose;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What a person stated with a message: Segment's {@code context.consent.categoryPreferences}, else
 * RudderStack's {@code context.consentManagement}. Where several categories are one purpose, a
 * single no is a no; preferences without any category are a no to everything, as at Segment.
 */
@Component
class SegmentConsent {
  private static final String PREFERENCES = "context.consent.categoryPreferences";

  private final Map<String, Purpose> purposes;

  SegmentConsent(ConsentProperties properties) {
    purposes = properties.categories();
  }

  /** What was stated, by purpose, and in which form; none where nothing was. */
  record Statement(Map<Purpose, Boolean> purposes, @Nullable ConsentForm form) {}

  Statement stated(Fields context) {
    Fields consent = context.requiredObject("consent", "context.consent");
    if (consent.has("categoryPreferences")) {
      return new Statement(
          ofPreferences(consent.requiredObject("categoryPreferences", PREFERENCES)),
          ConsentForm.CATEGORY_PREFERENCES);
    }
    Map<Purpose, Boolean> stated = ofDenials(context.object("consentManagement"));
    return new Statement(stated, stated.isEmpty() ? null : ConsentForm.CONSENT_MANAGEMENT);
  }

  /** As {@link #stated}; a message that tells a choice must hold it. */
  Statement required(Fields context) {
    Statement statement = stated(context);
    if (statement.form() != ConsentForm.CATEGORY_PREFERENCES) {
      throw new InvalidEvent(PREFERENCES, "must be given with this event");
    }
    return statement;
  }

  private Map<Purpose, Boolean> ofPreferences(Fields preferences) {
    var stated = new EnumMap<Purpose, Boolean>(Purpose.class);
    if (preferences.json().isEmpty()) {
      for (Purpose purpose : Purpose.values()) {
        stated.put(purpose, false);
      }
      return stated;
    }
    for (Map.Entry<String, JsonNode> preference : preferences.json().properties()) {
      if (!preference.getValue().isBoolean()) {
        throw new InvalidEvent(PREFERENCES, "must be true or false each");
      }
      state(stated, preference.getKey(), preference.getValue().booleanValue());
    }
    return stated;
  }

  private Map<Purpose, Boolean> ofDenials(Fields management) {
    var stated = new EnumMap<Purpose, Boolean>(Purpose.class);
    List<String> allowed = management.texts("allowedConsentIds");
    List<String> denied = management.texts("deniedConsentIds");
    allowed.forEach(category -> state(stated, category, true));
    denied.forEach(category -> state(stated, category, false));
    return stated;
  }

  private void state(Map<Purpose, Boolean> stated, String category, boolean yes) {
    Purpose purpose = purposes.get(category.strip().toLowerCase(Locale.ROOT));
    if (purpose != null) {
      stated.merge(purpose, yes, Boolean::logicalAnd);
    }
  }
}
