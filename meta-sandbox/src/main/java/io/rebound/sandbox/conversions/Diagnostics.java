package io.rebound.sandbox.conversions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What is wrong with an event that Meta takes nevertheless; the answer doesn't tell. */
final class Diagnostics {
  private static final Set<String> HASHED =
      Set.of("em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country");
  private static final Set<String> PLAIN =
      Set.of("client_ip_address", "client_user_agent", "fbc", "fbp");
  private static final int SHA256_LENGTH = 64;
  private static final int MD5_LENGTH = 32;

  private Diagnostics() {}

  /** Words like {@code unhashed:em}, without any of the event's values. */
  static List<String> of(JsonNode event) {
    List<String> found = new ArrayList<>(0);
    for (Map.Entry<String, JsonNode> entry : event.path("user_data").properties()) {
      String key = entry.getKey();
      if (HASHED.contains(key)) {
        forEach(entry.getValue(), value -> hashed(key, value, found));
      } else if (PLAIN.contains(key)) {
        forEach(entry.getValue(), value -> plain(key, value, found));
      } else if (!CustomerInformation.isKnown(key)) {
        add(found, "unknown:" + key);
      }
    }
    return found;
  }

  private static void forEach(JsonNode value, java.util.function.Consumer<String> check) {
    if (value.isArray()) {
      value.forEach(one -> check.accept(one.asString("")));
    } else {
      check.accept(value.asString(""));
    }
  }

  private static void hashed(String key, String given, List<String> found) {
    String value = withoutSuffix(given);
    if (value.isEmpty() || isHex(value, SHA256_LENGTH)) {
      return;
    }
    if (isHex(value.toLowerCase(Locale.ROOT), SHA256_LENGTH)) {
      add(found, "uppercase_hash:" + key);
    } else if (isHex(value.toLowerCase(Locale.ROOT), MD5_LENGTH)) {
      add(found, "md5:" + key);
    } else {
      add(found, "unhashed:" + key);
    }
  }

  private static void plain(String key, String value, List<String> found) {
    if (isHex(value.toLowerCase(Locale.ROOT), SHA256_LENGTH)) {
      add(found, "hashed:" + key);
    } else if (key.equals("fbc") && !value.isEmpty() && !isClickId(value)) {
      add(found, "malformed:fbc");
    }
  }

  // fb.<subdomain index>.<milliseconds>.<click id>
  private static boolean isClickId(String value) {
    String[] parts = value.split("\\.", 4);
    return parts.length == 4
        && parts[0].equals("fb")
        && !parts[1].isEmpty()
        && parts[2].length() >= 10
        && !parts[3].isEmpty();
  }

  // Meta's parameter builder puts its own mark behind a hash
  private static String withoutSuffix(String value) {
    return value.length() > SHA256_LENGTH && value.charAt(SHA256_LENGTH) == '.'
        ? value.substring(0, SHA256_LENGTH)
        : value;
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

  private static void add(List<String> found, String word) {
    if (!found.contains(word)) {
      found.add(word);
    }
  }
}
