package io.rebound.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why Meta must not have an event, whatever its person allows. */
public enum KeptBack {
  /** The client asked for it with this event (Segment's {@code integrations}). */
  CLIENT,
  /** The source's settings keep such events here, for instance refunds. */
  SOURCE,
  /** It states a choice and is nothing that somebody did. */
  STATEMENT,
  /** A crawler did it. */
  BOT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  @JsonValue
  public String wireName() {
    return wireName;
  }

  @JsonCreator
  public static KeptBack of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
