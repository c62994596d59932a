package io.rebound.sandbox.conversions;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

/**
 * The form of match keys: which are hashed, which never are. From Meta's pages on customer
 * information parameters and on fbp and fbc.
 */
final class MatchKeyForm {
  private static final Set<String> HASHED =
      Set.of("em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country");
  private static final Set<String> NEVER_HASHED =
      Set.of("client_ip_address", "client_user_agent", "fbc", "fbp");
  private static final int SHA256_LENGTH = 64;
  private static final int MD5_LENGTH = 32;
  private static final int MILLISECONDS_LENGTH = 13;

  private MatchKeyForm() {}

  /** One word for what is wrong with the value; empty if nothing is. */
  static String flaw(String key, String value) {
    if (HASHED.contains(key)) {
      return flawOfHash(value);
    }
    return NEVER_HASHED.contains(key) ? flawOfPlain(key, value) : "";
  }

  private static String flawOfHash(String given) {
    // Meta's parameter builder puts its own mark behind a hash
    String value =
        given.length() > SHA256_LENGTH && given.charAt(SHA256_LENGTH) == '.'
            ? given.substring(0, SHA256_LENGTH)
            : given;
    if (isHex(value, SHA256_LENGTH)) {
      return "";
    }
    String lower = value.toLowerCase(Locale.ROOT);
    if (isHex(lower, SHA256_LENGTH)) {
      return "uppercase_hash";
    }
    return isHex(lower, MD5_LENGTH) ? "md5" : "unhashed";
  }

  private static String flawOfPlain(String key, String value) {
    if (isHex(value.toLowerCase(Locale.ROOT), SHA256_LENGTH)) {
      return "hashed";
    }
    boolean good =
        switch (key) {
          case "fbc", "fbp" -> isCookie(value);
          case "client_ip_address" -> isAddress(value) || isAddress(withoutMark(value));
          default -> true;
        };
    return good ? "" : "malformed";
  }

  // fb.<subdomain index>.<milliseconds>.<click id or random number>
  private static boolean isCookie(String value) {
    String[] parts = value.split("\\.", 4);
    return parts.length == 4
        && parts[0].equals("fb")
        && parts[1].length() == 1
        && parts[1].charAt(0) >= '0'
        && parts[1].charAt(0) <= '2'
        && parts[2].length() == MILLISECONDS_LENGTH
        && parts[2].chars().allMatch(c -> c >= '0' && c <= '9')
        && !parts[3].isEmpty();
  }

  private static boolean isAddress(String value) {
    if (value.isEmpty()
        || !value.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')) {
      return false;
    }
    try {
      InetAddress.ofLiteral(value);
      return value.contains(".") || value.contains(":"); // a mere number is a literal, too
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String withoutMark(String value) {
    int dot = value.lastIndexOf('.');
    return dot < 0 ? value : value.substring(0, dot);
  }

  private static boolean isHex(String value, int length) {
    if (value.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
