package io.rebound.matchkeys;

import java.net.InetAddress;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What browsers, devices and Meta's own systems call a person; mostly never hashed. */
final class DeviceRules {
  private static final Pattern COOKIE = Pattern.compile("fb\\.[0-2]\\.\\d{13}\\.[^\\s]{1,500}");
  private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern COLONS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,30}");
  private static final Pattern ADVERTISING_ID =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  // what a device gives out whose owner allows no tracking: everybody's id and nobody's
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
  private static final int LONGEST = 500;

  private DeviceRules() {}

  static @Nullable String id(String raw, Locality locality) {
    String id = Space.trimmed(Normalizer.normalize(raw, Normalizer.Form.NFC));
    return id.isEmpty() || id.length() > LONGEST ? null : id;
  }

  static @Nullable String number(String raw, Locality locality) {
    String number = Space.trimmed(raw);
    return NUMBER.matcher(number).matches() ? number : null;
  }

  /** fb.{subdomain index}.{milliseconds}.{id}, to the letter. */
  static @Nullable String cookie(String raw, Locality locality) {
    String cookie = Space.trimmed(raw);
    return COOKIE.matcher(cookie).matches() ? cookie : null;
  }

  /** One IPv4 or IPv6 address; names are never looked up. */
  static @Nullable String ipAddress(String raw, Locality locality) {
    String address = Space.trimmed(raw);
    if (!DOTTED.matcher(address).matches() && !COLONS.matcher(address).matches()) {
      return null;
    }
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      return parsed.isAnyLocalAddress() ? null : address;
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  static @Nullable String userAgent(String raw, Locality locality) {
    String agent = Space.trimmed(raw.replaceAll("\\p{Cntrl}+", " "));
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
