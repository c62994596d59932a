package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a person can allow or refuse. */
public enum Purpose {
  /** Disclosure to Meta: Conversions API and Custom Audiences. */
  ADS,
  /** Scores and segments. */
  PROFILING,
  /** WhatsApp messages. */
  MESSAGING;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  @JsonValue
  public String wireName() {
    return wireName;
  }

  @JsonCreator
  public static Purpose of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
