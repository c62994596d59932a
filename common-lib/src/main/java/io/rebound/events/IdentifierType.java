package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * What kind of thing identifies a person. A strong identifier belongs to a person (account,
 * address, number, card); a weak one to a device or browser that several people may use, so it
 * never joins two persons.
 */
public enum IdentifierType {
  /** The shop's own account id (Segment's {@code userId}, Meta's {@code external_id}). */
  EXTERNAL_ID(true),
  EMAIL(true),
  /** A telephone number; a WhatsApp {@code wa_id} is one too. */
  PHONE(true),
  /** WhatsApp's business-scoped user id. */
  WA_USER_ID(true),
  LOYALTY_CARD(true),
  /** Segment's {@code anonymousId}. */
  ANONYMOUS_ID(false),
  /** Meta's browser id, the {@code _fbp} cookie. */
  FBP(false),
  /** A mobile advertising id. */
  MADID(false);

  private final boolean strong;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  IdentifierType(boolean strong) {
    this.strong = strong;
  }

  public boolean strong() {
    return strong;
  }

  /** The name on the wire and in the database, for instance {@code external_id}. */
  @JsonValue
  public String wireName() {
    return wireName;
  }

  /** The type of that wire name; an unknown one is an {@link IllegalArgumentException}. */
  @JsonCreator
  public static IdentifierType of(String wireName) {
    return Arrays.stream(values())
        .filter(type -> type.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Unknown identifier type"));
  }
}
