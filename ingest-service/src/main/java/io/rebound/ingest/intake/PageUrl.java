package io.rebound.ingest.intake;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The address of a page, as it may travel in clear. */
public final class PageUrl {
  private static final int LONGEST_SCHEME = 31;
  private static final int LONGEST = 2000;

  private PageUrl() {}

  /**
   * The address without fragment, user name, parameters that aren't allowed, and e-mail addresses;
   * null if it is no address or too long for one.
   */
  static @Nullable String clean(@Nullable String raw, Set<String> allowedParameters) {
    if (raw == null) {
      return null;
    }
    int start = start(raw);
    if (start < 0 || hasSpace(raw)) {
      return null;
    }
    String scheme = raw.substring(0, start).toLowerCase(Locale.ROOT);
    String rest = before('#', raw.substring(start));
    String place = withoutUser(before('?', rest));
    String query = query(rest, allowedParameters);
    String clean = scheme + ContactScan.maskedAddresses(place) + query;
    return clean.length() <= LONGEST ? clean : null;
  }

  /** The value of a parameter of an address or of a query string, as it stands there. */
  public static @Nullable String parameter(@Nullable String urlOrQuery, String name) {
    if (urlOrQuery == null) {
      return null;
    }
    String text = before('#', urlOrQuery);
    int start = text.indexOf('?') + 1;
    while (start < text.length()) {
      int and = text.indexOf('&', start);
      int end = and < 0 ? text.length() : and;
      int equals = start + name.length();
      String value =
          equals < end && text.charAt(equals) == '=' && text.startsWith(name, start)
              ? Text.of(text.substring(equals + 1, end))
              : null;
      if (value != null) {
        return value;
      }
      start = end + 1;
    }
    return null;
  }

  /** Where it goes on after {@code scheme://} (RFC 3986, 3.1); -1 if it doesn't begin so. */
  private static int start(String raw) {
    int colon = raw.indexOf(':');
    if (colon < 1 || colon > LONGEST_SCHEME || !raw.startsWith("//", colon + 1)) {
      return -1;
    }
    for (int at = 0; at < colon; at++) {
      char sign = raw.charAt(at);
      boolean letter = sign >= 'a' && sign <= 'z' || sign >= 'A' && sign <= 'Z';
      boolean other = sign >= '0' && sign <= '9' || sign == '+' || sign == '.' || sign == '-';
      if (!letter && (at == 0 || !other)) {
        return -1;
      }
    }
    return colon + "://".length();
  }

  private static String query(String rest, Set<String> allowed) {
    int mark = rest.indexOf('?');
    if (mark < 0 || allowed.isEmpty()) {
      return "";
    }
    var kept = new StringBuilder();
    for (String parameter : rest.substring(mark + 1).split("&")) {
      if (allowed.contains(before('=', parameter))
          && ContactScan.masked(parameter).equals(parameter)) {
        kept.append(kept.isEmpty() ? '?' : '&').append(parameter);
      }
    }
    return kept.toString();
  }

  private static boolean hasSpace(String raw) {
    for (int at = 0; at < raw.length(); at++) {
      if (Character.isWhitespace(raw.charAt(at))) {
        return true;
      }
    }
    return false;
  }

  private static String withoutUser(String place) {
    String authority = before('/', place);
    return authority.contains("@")
        ? authority.substring(authority.lastIndexOf('@') + 1) + place.substring(authority.length())
        : place;
  }

  private static String before(char sign, String text) {
    int at = text.indexOf(sign);
    return at < 0 ? text : text.substring(0, at);
  }
}
