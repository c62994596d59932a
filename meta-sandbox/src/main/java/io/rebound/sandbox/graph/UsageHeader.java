package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The header that tells how much of a business object's limit is used. */
@Component
class UsageHeader {
  private final SandboxProperties properties;
  private final List<GraphNodes> nodes;

  UsageHeader(SandboxProperties properties, List<GraphNodes> nodes) {
    this.properties = properties;
    this.nodes = nodes;
  }

  /** Nothing for paths that count for no business object, events for instance. */
  @Nullable String value(String path, long percent) {
    String[] parts = path.split("/", 4);
    if (parts.length < 3) {
      return null;
    }
    String object = parts[2];
    if (object.equals(properties.waba()) || object.equals(properties.phoneNumberId())) {
      return json(properties.waba(), "whatsapp", percent);
    }
    if (object.equals(properties.catalogue())) {
      return json(object, "ads_management", percent);
    }
    boolean marketing = nodes.stream().anyMatch(kind -> kind.marketing() && kind.has(object));
    return marketing
        ? json(properties.adAccount().replace("act_", ""), "custom_audience", percent)
        : null;
  }

  private static String json(String id, String type, long percent) {
    return ("{\"%s\":[{\"type\":\"%s\",\"call_count\":%d,\"total_cputime\":%d,\"total_time\":%d,"
            + "\"estimated_time_to_regain_access\":0,\"ads_api_access_tier\":\"standard_access\"}]}")
        .formatted(id, type, percent, percent, percent);
  }
}
