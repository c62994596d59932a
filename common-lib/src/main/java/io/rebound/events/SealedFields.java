package io.rebound.events;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is inside an envelope of server event fields: objects that describe somebody's device or
 * visit and go to Meta as they came. Opened only in capi-sync's memory.
 *
 * @param values {@code app_data} and {@code attribution_data}
 */
public record SealedFields(Map<String, JsonNode> values) {
  public SealedFields {
    values = Map.copyOf(values);
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "SealedFields" + values.keySet();
  }
}
