package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an event happened, in the Conversions API's words, with the age Meta accepts there. */
public enum ActionSource {
  WEBSITE(7),
  APP(7),
  EMAIL(7),
  PHONE_CALL(7),
  CHAT(7),
  PHYSICAL_STORE(62),
  SYSTEM_GENERATED(7),
  BUSINESS_MESSAGING(7),
  OTHER(7);

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final Duration maxAge;

  ActionSource(int maxAgeDays) {
    this.maxAge = Duration.ofDays(maxAgeDays);
  }

  /** How old an event may be when it reaches Meta; an older one is history. */
  public Duration maxAge() {
    return maxAge;
  }

  @JsonValue
  public String wireName() {
    return wireName;
  }

  public static Optional<ActionSource> find(String wireName) {
    return Arrays.stream(values()).filter(source -> source.wireName.equals(wireName)).findFirst();
  }

  @JsonCreator
  public static ActionSource of(String wireName) {
    return find(wireName).orElseThrow(() -> new IllegalArgumentException("Unknown action source"));
  }
}
