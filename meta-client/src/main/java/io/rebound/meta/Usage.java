package io.rebound.meta;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Meta's usage headers say about the limits: {@code X-Business-Use-Case-Usage}, {@code
 * X-Ad-Account-Usage} and {@code X-App-Usage} (Graph API, rate limiting).
 *
 * @param account how long the account's calls have to pause; zero if they needn't
 * @param app how long all calls have to pause
 */
record Usage(Duration account, Duration app) {
  /** Used up without a time to wait: what Meta's rule of thumb leaves us with. */
  static final Duration USUAL_PAUSE = Duration.ofMinutes(1);

  private static final JsonMapper JSON = JsonMapper.shared();

  static Usage read(HttpHeaders headers, String account) {
    Duration business = business(headers, account.replace("act_", ""));
    Duration adAccount =
        pauseIf(
            json(headers, "x-ad-account-usage"),
            "acc_id_util_pct",
            "reset_time_duration",
            Duration.ofSeconds(1));
    JsonNode app = json(headers, "x-app-usage");
    return new Usage(longer(business, adAccount), usedUp(app) ? USUAL_PAUSE : Duration.ZERO);
  }

  // The key is a business object: ours if it is named, else any may be meant (a catalogue's
  // business).
  private static Duration business(HttpHeaders headers, String account) {
    JsonNode all = json(headers, "x-business-use-case-usage");
    List<JsonNode> uses = new ArrayList<>();
    if (all.path(account).isArray()) {
      all.path(account).forEach(uses::add);
    } else {
      for (Map.Entry<String, JsonNode> object : all.properties()) {
        object.getValue().forEach(uses::add);
      }
    }
    Duration pause = Duration.ZERO;
    for (JsonNode use : uses) {
      long minutes = use.path("estimated_time_to_regain_access").asLong(0);
      if (minutes > 0) {
        pause = longer(pause, Duration.ofMinutes(minutes));
      } else if (usedUp(use)) {
        pause = longer(pause, USUAL_PAUSE);
      }
    }
    return pause;
  }

  private static boolean usedUp(JsonNode use) {
    return use.path("call_count").asDouble(0) >= 100
        || use.path("total_cputime").asDouble(0) >= 100
        || use.path("total_time").asDouble(0) >= 100;
  }

  private static Duration pauseIf(JsonNode use, String percent, String wait, Duration unit) {
    if (use.path(percent).asDouble(0) < 100) {
      return Duration.ZERO;
    }
    long units = use.path(wait).asLong(0);
    return units > 0 ? unit.multipliedBy(units) : USUAL_PAUSE;
  }

  private static JsonNode json(HttpHeaders headers, String name) {
    try {
      return JSON.readTree(headers.firstValue(name).orElse("{}"));
    } catch (JacksonException e) {
      return JSON.createObjectNode(); // a header nobody can read limits nothing
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
