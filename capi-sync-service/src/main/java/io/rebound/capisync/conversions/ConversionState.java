package io.rebound.capisync.conversions;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of an event on its way to the Conversions API. */
public enum ConversionState {
  /** Waits to be sent, or to be sent again. */
  QUEUED,
  /** Meta has it. */
  DELIVERED,
  /** Meta will never take it; the reason stands beside it. */
  REFUSED,
  /** It couldn't be delivered before it got too old for Meta. */
  EXPIRED,
  /** The person doesn't allow it. */
  WITHHELD,
  /** It was too old for Meta when it arrived. */
  HISTORY,
  /** It tells who somebody is, not what they did. */
  NOT_FOR_META;

  /** What operators are told; null where the state says it all, or what Meta said counts. */
  public @Nullable String reason() {
    return switch (this) {
      case EXPIRED -> "older than Meta accepts";
      case WITHHELD -> "the person doesn't allow ads";
      case HISTORY -> "older than Meta accepts when it arrived";
      case NOT_FOR_META -> "tells who somebody is, not what they did";
      case QUEUED, DELIVERED, REFUSED -> null;
    };
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
