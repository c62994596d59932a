package io.rebound.sandbox.page;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The match keys a marketer knows from Events Manager. Meta's help page about event match quality
 * ranks them high, medium and low; the numbers are ours, and so is the low rank of the two keys
 * that page leaves out, address and user agent. Only names are known here, never values.
 */
enum MatchKey {
  EMAIL("em", "Email", 3),
  CLICK_ID("fbc", "Click ID", 3),
  PHONE("ph", "Phone", 1.5),
  EXTERNAL_ID("external_id", "External ID", 1.5),
  BROWSER_ID("fbp", "Browser ID", 1.5),
  LOGIN_ID("fb_login_id", "Login ID", 1.5),
  BIRTH_DATE("db", "Birth date", 1.5),
  COUNTRY("country", "Country", 1.5),
  FIRST_NAME("fn", "First name", 0.5),
  LAST_NAME("ln", "Last name", 0.5),
  CITY("ct", "City", 0.5),
  STATE("st", "State", 0.5),
  POSTCODE("zp", "Postcode", 0.5),
  GENDER("ge", "Gender", 0.5),
  LEAD_ID("lead_id", "Lead ID", 0.5),
  IP_ADDRESS("client_ip_address", "IP address", 0.5),
  USER_AGENT("client_user_agent", "User agent", 0.5);

  private static final Map<String, MatchKey> BY_WIRE_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(key -> key.wireName, Function.identity()));

  private final String wireName;
  final String label;
  private final double weight;

  MatchKey(String wireName, String label, double weight) {
    this.wireName = wireName;
    this.label = label;
    this.weight = weight;
  }

  /** What a marketer calls that field of {@code user_data}; its own name if it has no other. */
  static String label(String wireName) {
    MatchKey key = BY_WIRE_NAME.get(wireName);
    return key == null ? wireName : key.label;
  }

  boolean in(Set<String> wireNames) {
    return wireNames.contains(wireName);
  }

  /**
   * An estimate from 0 to 10 of how good Meta can match: Meta's own number also depends on how many
   * of the values belong to people it knows.
   */
  static double quality(Set<String> wireNames) {
    double sum = 0;
    for (MatchKey key : values()) {
      sum += key.in(wireNames) ? key.weight : 0;
    }
    return Math.min(10, sum);
  }

  /** The mean over some events. */
  static double quality(List<Set<String>> events) {
    return events.stream().mapToDouble(MatchKey::quality).average().orElse(0);
  }
}
