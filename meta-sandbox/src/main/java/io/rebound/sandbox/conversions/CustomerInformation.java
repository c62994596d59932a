package io.rebound.sandbox.conversions;

import io.rebound.sandbox.graph.GraphError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Whether {@code user_data} says enough: not if all of it lies within one of the combinations so
 * broad that Meta refuses them.
 */
final class CustomerInformation {
  private static final List<String> KEYS =
      List.of(
          "em",
          "ph",
          "fn",
          "ln",
          "db",
          "ge",
          "ct",
          "st",
          "zp",
          "country",
          "external_id",
          "client_ip_address",
          "client_user_agent",
          "fbc",
          "fbp",
          "subscription_id",
          "fb_login_id",
          "lead_id",
          "madid",
          "anon_id",
          "page_id",
          "page_scoped_user_id",
          "ctwa_clid",
          "whatsapp_business_account_id",
          "ig_account_id",
          "ig_sid",
          "instagram_business_account_id",
          "f5first",
          "f5last",
          "fi",
          "dobd",
          "dobm",
          "doby");
  private static final Map<String, Long> BITS = bits();
  private static final long[] TOO_BROAD = {
    mask("ct", "country", "st", "zp", "ge", "client_user_agent"),
    mask("db", "client_user_agent"),
    mask("fn", "ge"),
    mask("ln", "ge")
  };

  private CustomerInformation() {}

  static boolean isKnown(String key) {
    return BITS.containsKey(key);
  }

  /** The key's number, one bit of a mask; 0 if there is no such key. */
  static long bit(String key) {
    return BITS.getOrDefault(key, 0L);
  }

  /** The keys of a mask. */
  static List<String> keys(long mask) {
    return KEYS.stream().filter(key -> (mask & bit(key)) != 0).toList();
  }

  static void check(JsonNode userData) {
    long given = 0;
    for (Map.Entry<String, JsonNode> entry : userData.properties()) {
      Long bit = BITS.get(entry.getKey());
      if (bit != null && says(entry.getValue())) {
        given |= bit;
      }
    }
    for (long broad : TOO_BROAD) {
      if ((given & ~broad) == 0) { // nothing given counts as within, too
        throw GraphError.invalidParameter(
                2804050,
                "You Haven't Added Sufficient Customer Information Parameter Data For This Event",
                "This event doesn't have any customer information parameters, or a combination that is so broad that it's unlikely to be matched. See the best practices for the Conversions API.")
            .blaming("user_data");
      }
    }
  }

  private static boolean says(JsonNode value) {
    if (value.isArray()) {
      for (JsonNode one : value) {
        if (says(one)) {
          return true;
        }
      }
      return false;
    }
    return value.isValueNode() && !value.isNull() && !value.asString("").isBlank();
  }

  private static Map<String, Long> bits() {
    Map<String, Long> bits = new HashMap<>();
    for (int i = 0; i < KEYS.size(); i++) {
      bits.put(KEYS.get(i), 1L << i);
    }
    return Map.copyOf(bits);
  }

  private static long mask(String... keys) {
    long mask = 0;
    for (String key : keys) {
      mask |= bit(key);
    }
    return mask;
  }
}
