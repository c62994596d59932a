package io.rebound.matchkeys;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Unicode's white space, the no-break spaces included. */
final class Space {
  private static final Pattern AROUND =
      Pattern.compile("^[\\p{IsWhite_Space}\\ufeff]+|[\\p{IsWhite_Space}\\ufeff]+$");

  private Space() {}

  static String trimmed(String text) {
    if (text.isEmpty() || isInk(text.charAt(0)) && isInk(text.charAt(text.length() - 1))) {
      return text;
    }
    return AROUND.matcher(text).replaceAll("");
  }

  /** Letters with their accents in one sign each (Unicode's form NFC). */
  static String composed(String text) {
    return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  static boolean isAscii(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) > '\u007f') {
        return false;
      }
    }
    return true;
  }

  private static boolean isInk(char sign) {
    return sign > ' ' && sign < '\u007f';
  }
}
