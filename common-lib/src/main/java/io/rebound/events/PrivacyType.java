package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a person asks for. */
public enum PrivacyType {
  /** A copy of everything held about them (GDPR article 15 and 20). */
  ACCESS,
  /** That everything held about them is erased (GDPR article 17). */
  ERASURE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  @JsonValue
  public String wireName() {
    return wireName;
  }

  /** The type of that wire name; an unknown one is an {@link IllegalArgumentException}. */
  @JsonCreator
  public static PrivacyType of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
