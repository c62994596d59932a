package io.rebound.ingest.tracking;

import io.rebound.events.ConsentForm;
import io.rebound.events.ConsentProof;
import io.rebound.events.Purpose;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.intake.StatedConsent;
import io.rebound.ingest.intake.Text;
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
 * single no is a no; preferences without any category are a no to everything, as at Segment. What
 * is there and can't be read refuses the message: it may have been a no.
 */
@Component
class SegmentConsent {
  private static final String PREFERENCES = "context.consent.categoryPreferences";
  private static final String MANAGEMENT = "context.consentManagement";

  private final Map<String, Purpose> purposes;

  SegmentConsent(ConsentProperties properties) {
    purposes = properties.categories();
  }

  /** What was stated, by purpose, in which form and with which proof; none where nothing was. */
  record Statement(
      Map<Purpose, Boolean> purposes, @Nullable ConsentForm form, @Nullable ConsentProof proof) {}

  Statement stated(Fields context) {
    Fields consent = context.requiredObject("consent", "context.consent");
    ConsentProof proof = StatedConsent.proof(consent, "context.consent");
    if (consent.has("categoryPreferences")) {
      return new Statement(
          ofPreferences(consent.requiredObject("categoryPreferences", PREFERENCES)),
          ConsentForm.CATEGORY_PREFERENCES,
          proof);
    }
    Map<Purpose, Boolean> stated =
        ofDenials(context.requiredObject("consentManagement", MANAGEMENT));
    return stated.isEmpty()
        ? new Statement(stated, null, null)
        : new Statement(stated, ConsentForm.CONSENT_MANAGEMENT, proof);
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
    List<String> allowed = categories(management, "allowedConsentIds");
    List<String> denied = categories(management, "deniedConsentIds");
    allowed.forEach(category -> state(stated, category, true));
    denied.forEach(category -> state(stated, category, false));
    return stated;
  }

  private static List<String> categories(Fields management, String name) {
    JsonNode list = management.json().path(name);
    boolean readable =
        list.isMissingNode()
            || list.isNull()
            || list.isString()
            || (list.isArray() && list.valueStream().allMatch(one -> Text.of(one) != null));
    if (!readable) {
      throw new InvalidEvent(MANAGEMENT + "." + name, "must be a list of category ids");
    }
    return management.texts(name);
  }

  private void state(Map<Purpose, Boolean> stated, String category, boolean yes) {
    Purpose purpose = purposes.get(category.strip().toLowerCase(Locale.ROOT));
    if (purpose != null) {
      stated.merge(purpose, yes, Boolean::logicalAnd);
    }
  }
}
