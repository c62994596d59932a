package io.rebound.sandbox.faults;

import io.rebound.sandbox.SandboxProperties;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer that a limit is used up, with the headers that tell until when. Which limit a call
 * counts for follows Meta's rate limiting page; a given code wins.
 *
 * @param code empty to choose it by the call's path
 * @param minutes until calls are answered again
 */
record Throttle(
    SandboxProperties properties, @Nullable Integer code, @Nullable Integer subcode, int minutes) {
  private static final int INSIGHTS = 80000;
  private static final int AUDIENCES = 80003;
  private static final int ADS = 80004;
  private static final int WHATSAPP = 80007;
  private static final int WHATSAPP_MANAGEMENT = 80008;
  private static final int CATALOGUE = 80009;
  private static final int CATALOGUE_BATCH = 80014;
  private static final int SCORE = 2446079;

  Substitute answer(String path) {
    int chosen = code == null ? codeOf(path) : code;
    Integer detail = subcode;
    if (code == null && (chosen == AUDIENCES || chosen == ADS)) {
      detail = SCORE;
    }
    Map<String, String> headers = new TreeMap<>();
    headers.put("X-App-Usage", "{\"call_count\":100,\"total_time\":25,\"total_cputime\":25}");
    // other codes, the app's or the throughput's, leave the path to tell the object
    headers.put(
        "X-Business-Use-Case-Usage",
        business(chosen >= INSIGHTS && chosen <= CATALOGUE_BATCH ? chosen : codeOf(path)));
    return new Substitute(400, ErrorBodies.of(chosen, detail, true), null, headers);
  }

  private int codeOf(String path) {
    if (path.endsWith("/users") || path.contains("/customaudiences")) {
      return AUDIENCES;
    }
    if (path.endsWith("items_batch") || path.endsWith("/batch")) {
      return CATALOGUE_BATCH;
    }
    if (path.contains("/" + properties.catalogue())) {
      return CATALOGUE;
    }
    if (path.contains("/" + properties.phoneNumberId())) {
      return WHATSAPP;
    }
    return path.contains("/" + properties.waba()) ? WHATSAPP_MANAGEMENT : ADS;
  }

  private String business(int chosen) {
    return switch (chosen) {
      case AUDIENCES -> usage(adAccount(), "custom_audience");
      case CATALOGUE, CATALOGUE_BATCH -> usage(properties.catalogue(), "ads_management");
      case WHATSAPP, WHATSAPP_MANAGEMENT -> usage(properties.waba(), "whatsapp");
      default -> usage(adAccount(), "ads_management");
    };
  }

  private String adAccount() {
    return properties.adAccount().replace("act_", "");
  }

  private String usage(String object, String type) {
    return ("{\"%s\":[{\"type\":\"%s\",\"call_count\":100,\"total_cputime\":25,\"total_time\":25,"
            + "\"estimated_time_to_regain_access\":%d,"
            + "\"ads_api_access_tier\":\"standard_access\"}]}")
        .formatted(object, type, minutes);
  }
}
