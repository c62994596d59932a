package io.rebound.ingest.imports;

import io.rebound.ingest.intake.InvalidEvent;
import java.util.regex.Pattern;

/**
 * Amounts as people write them: {@code 1234.5}, {@code 1.234,50}, {@code 1,234.50}, {@code 59,8}.
 * Where a single separator stands before exactly three digits, {@code 1,234} or {@code 1.234}, it
 * is taken as the decimal point if it is a point and refused if it is a comma: with money we don't
 * guess.
 */
final class Amount {
  private static final Pattern PLAIN = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("-?\\d+,(\\d{1,2}|\\d{4,})");
  private static final Pattern POINTS_THEN_COMMA =
      Pattern.compile("-?\\d{1,3}(\\.\\d{3})+,\\d{1,10}");
  private static final Pattern COMMAS_THEN_POINT =
      Pattern.compile("-?\\d{1,3}(,\\d{3})+\\.\\d{1,10}");

  private Amount() {}

  /** The same amount with a decimal point and nothing else. */
  static String plain(String column, String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    if (DECIMAL_COMMA.matcher(text).matches()) {
      return text.replace(',', '.');
    }
    if (POINTS_THEN_COMMA.matcher(text).matches()) {
      return text.replace(".", "").replace(',', '.');
    }
    if (COMMAS_THEN_POINT.matcher(text).matches()) {
      return text.replace(",", "");
    }
    throw new InvalidEvent(column, "must be an amount such as 1234.50");
  }
}
