package io.rebound.ingest.intake;

import java.util.regex.Pattern;

/**
 * Finds e-mail addresses and telephone numbers in text that is to travel in clear. It errs on the
 * side of masking: a product name with a long number in it loses the number.
 */
final class ContactScan {
  private static final String MASK = "***";
  private static final int FEWEST_DIGITS = 9;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^\\s@,;:<>()\"/?&=]+(?:@|%40)[^\\s@,;:<>()\"/?&=]+?\\.[^\\s@,;:<>()\"/?&=.]{2,}",
          Pattern.CASE_INSENSITIVE);
  // nine to fifteen digits with the signs people put between them
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])(?:\\+|%2B)?\\(?\\d(?:[ ().\\-/\\u00a0]{0,3}\\d){8,14}(?![\\w])");

  private ContactScan() {}

  /** Whether there is something like an e-mail address in it. */
  static boolean hasAddress(String text) {
    return mayHaveAddress(text) && ADDRESS.matcher(text).find();
  }

  /** Whether nothing in it can be an address or a number. */
  static boolean isHarmless(String text) {
    return !mayHaveAddress(text) && !mayHaveNumber(text);
  }

  /** The text with everything masked that looks like an address or a number. */
  static String masked(String text) {
    String withoutAddresses = maskedAddresses(text);
    return mayHaveNumber(withoutAddresses)
        ? NUMBER.matcher(withoutAddresses).replaceAll(MASK)
        : withoutAddresses;
  }

  /** The text with addresses masked; for ids and paths, where long numbers are usual. */
  static String maskedAddresses(String text) {
    return mayHaveAddress(text) ? ADDRESS.matcher(text).replaceAll(MASK) : text;
  }

  private static boolean mayHaveAddress(String text) {
    return text.indexOf('@') >= 0 || text.contains("%40");
  }

  private static boolean mayHaveNumber(String text) {
    int digits = 0;
    for (int at = 0; at < text.length() && digits < FEWEST_DIGITS; at++) {
      char sign = text.charAt(at);
      digits += sign >= '0' && sign <= '9' ? 1 : 0;
    }
    return digits == FEWEST_DIGITS;
  }
}
