package io.rebound.ingest.intake;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What Meta is to be told beside user_data and custom_data, under Meta's names.
 *
 * @param clear travels readable: texts, numbers, flags, lists and objects of these
 * @param sealed describes the person's device or visit: travels sealed
 */
public record ServerFields(Map<String, Object> clear, Map<String, JsonNode> sealed) {
  private static final ServerFields NONE = new ServerFields(Map.of(), Map.of());

  public static ServerFields none() {
    return NONE;
  }

  /** Never shows a value: this may be personal data. */
  @Override
  public String toString() {
    return "ServerFields" + clear.keySet() + sealed.keySet();
  }
}
