package io.rebound.sandbox.calls;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an answer's usage headers say, which is what a client sees of its limits. */
final class Usage {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Usage() {}

  static Map<String, Long> of(HttpServletResponse response) {
    Map<String, Long> percents = new TreeMap<>();
    String app = response.getHeader("X-App-Usage");
    if (app != null) {
      percents.put("app", highest(JSON.readTree(app)));
    }
    String business = response.getHeader("X-Business-Use-Case-Usage");
    if (business != null) {
      for (JsonNode limits : JSON.readTree(business)) {
        limits.forEach(limit -> percents.put(limit.path("type").asString(""), highest(limit)));
      }
    }
    return percents;
  }

  // a limit is reached with the first of its three numbers at 100
  private static long highest(JsonNode limit) {
    return Math.max(
        limit.path("call_count").asLong(0),
        Math.max(limit.path("total_time").asLong(0), limit.path("total_cputime").asLong(0)));
  }
}
