package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** In which form an event stated consent. */
public enum ConsentForm {
  /** Segment's {@code context.consent.categoryPreferences}. */
  CATEGORY_PREFERENCES,
  /** RudderStack's {@code context.consentManagement}. */
  CONSENT_MANAGEMENT,
  /** A {@code consent} object with our purposes, at the Meta-shaped doors. */
  CONSENT_OBJECT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  @JsonValue
  public String wireName() {
    return wireName;
  }

  @JsonCreator
  public static ConsentForm of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
