package io.rebound.ingest.intake;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Text as it comes from outside, made fit to be stored and sent on. */
public final class Text {
  private Text() {}

  /**
   * The trimmed text of a string or number, without control characters and halves of surrogate
   * pairs (neither PostgreSQL nor UTF-8 can hold them); null if nothing is left or a script wrote
   * the word for nothing.
   */
  public static @Nullable String of(JsonNode field) {
    if (field.isString()) {
      return of(field.stringValue());
    }
    return field.isNumber() ? ofNumber(field) : null;
  }

  /** The same for a header or a parameter. */
  public static @Nullable String of(@Nullable String raw) {
    if (raw == null) {
      return null;
    }
    String text = clean(raw).strip();
    return text.isEmpty() || isNothing(text) ? null : text;
  }

  private static boolean isNothing(String text) {
    return text.equals("null") || text.equals("undefined");
  }

  private static @Nullable String ofNumber(JsonNode field) {
    if (field.isIntegralNumber()) {
      return field.asString();
    }
    return Fields.withinReason(field.decimalValue()) ? field.decimalValue().toPlainString() : null;
  }

  private static String clean(String raw) {
    if (!isSuspicious(raw)) {
      return raw;
    }
    return raw.codePoints()
        .filter(point -> !Character.isISOControl(point))
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isSuspicious(String raw) {
    for (int at = 0; at < raw.length(); at++) {
      char unit = raw.charAt(at);
      boolean usual = unit >= ' ' && unit <= '~';
      if (!usual && (Character.isISOControl(unit) || Character.isSurrogate(unit))) {
        return true;
      }
    }
    return false;
  }
}
