package io.rebound.matchkeys;

import java.net.InetAddress;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What browsers, devices and Meta's own systems call a person; mostly never hashed. */
final class DeviceRules {
  private static final String COOKIE = "fb.";
  private static final int TIME_AT = 5;
  private static final int ID_AT = 19;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,30}");
  private static final Pattern ADVERTISING_ID =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  // what a device gives out whose owner allows no tracking: everybody's id and nobody's
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
  private static final int LONGEST = 500;

  private DeviceRules() {}

  static @Nullable String id(String raw, Locality locality) {
    String id = Space.trimmed(Space.composed(raw));
    return id.isEmpty() || id.length() > LONGEST ? null : id;
  }

  static @Nullable String number(String raw, Locality locality) {
    String number = Space.trimmed(raw);
    return NUMBER.matcher(number).matches() ? number : null;
  }

  /** fb.{subdomain index}.{milliseconds}.{id}, to the letter. */
  static @Nullable String cookie(String raw, Locality locality) {
    String cookie = Space.trimmed(raw);
    return isMetasForm(cookie) ? cookie : null;
  }

  private static boolean isMetasForm(String cookie) {
    return cookie.startsWith(COOKIE)
        && cookie.length() > ID_AT
        && cookie.length() <= ID_AT + LONGEST
        && cookie.charAt(3) >= '0'
        && cookie.charAt(3) <= '2'
        && cookie.charAt(4) == '.'
        && hasOnly(cookie, TIME_AT, ID_AT - 1, DeviceRules::isDigit)
        && cookie.charAt(ID_AT - 1) == '.'
        && hasOnly(cookie, ID_AT, cookie.length(), DeviceRules::isInk);
  }

  private static boolean hasOnly(String text, int from, int to, IntPredicate sign) {
    for (int at = from; at < to; at++) {
      if (!sign.test(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(int sign) {
    return sign >= '0' && sign <= '9';
  }

  private static boolean isInk(int sign) {
    return sign != ' ' && (sign < '\t' || sign > '\r');
  }

  /** One IPv4 or IPv6 address; names are never looked up. */
  static @Nullable String ipAddress(String raw, Locality locality) {
    String address = Space.trimmed(raw);
    if (!isDotted(address) && !isWithColons(address)) {
      return null;
    }
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      return parsed.isAnyLocalAddress() ? null : address;
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  /** Four groups of one to three digits. */
  private static boolean isDotted(String text) {
    int groups = 1;
    int digits = 0;
    for (int at = 0; at < text.length(); at++) {
      char sign = text.charAt(at);
      if (sign == '.' && digits > 0) {
        groups++;
        digits = 0;
      } else if (!isDigit(sign) || ++digits > 3) {
        return false;
      }
    }
    return groups == 4 && digits > 0;
  }

  private static boolean isWithColons(String text) {
    return text.indexOf(':') >= 0 && hasOnly(text, 0, text.length(), DeviceRules::isOfAnAddress);
  }

  private static boolean isOfAnAddress(int sign) {
    return isDigit(sign)
        || sign == '.'
        || sign == ':'
        || sign >= 'a' && sign <= 'f'
        || sign >= 'A' && sign <= 'F';
  }

  static @Nullable String userAgent(String raw, Locality locality) {
    // they are rare, and looking for them with a pattern costs more than the hash of an address
    boolean clean = hasOnly(raw, 0, raw.length(), sign -> !Character.isISOControl(sign));
    String agent = Space.trimmed(clean ? raw : CONTROL.matcher(raw).replaceAll(" "));
    if (agent.isEmpty()) {
      return null;
    }
    return agent.length() <= LONGEST ? agent : agent.substring(0, LONGEST);
  }

  static @Nullable String advertisingId(String raw, Locality locality) {
    String id = Space.trimmed(raw);
    return ADVERTISING_ID.matcher(id).matches() && !id.equals(NOBODY) ? id : null;
  }
}
