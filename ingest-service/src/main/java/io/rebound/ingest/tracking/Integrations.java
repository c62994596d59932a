package io.rebound.ingest.tracking;

import io.rebound.ingest.intake.Fields;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Segment's {@code integrations}: which destinations a message may go to. We are one destination to
 * it, Meta, which other products' names call Meta or Facebook; a name that says Conversions goes
 * before the others, and every name before {@code All}. It may only take away what consent allows.
 */
final class Integrations {
  private Integrations() {}

  /**
   * Whether the message must not go to Meta.
   *
   * @param shared the batch's, which stand behind the message's own
   */
  static boolean keepFromMeta(Fields own, Fields shared) {
    Boolean all = null;
    Boolean meta = null;
    Boolean conversions = null;
    for (Fields place : new Fields[] {shared, own}) { // the later one wins, name by name
      for (Map.Entry<String, JsonNode> entry : place.json().properties()) {
        Boolean on = isOn(entry.getValue());
        if (on == null || overridden(place, own, entry.getKey())) {
          continue;
        }
        String name = entry.getKey().toLowerCase(Locale.ROOT);
        if (name.equals("all")) {
          all = on;
        } else if (name.startsWith("meta") || name.startsWith("facebook")) {
          if (name.contains("conversions")) {
            conversions = on;
          } else {
            meta = meta == null ? on : Boolean.valueOf(meta && on);
          }
        }
      }
    }
    Boolean decisive = conversions != null ? conversions : meta != null ? meta : all;
    return Boolean.FALSE.equals(decisive);
  }

  private static boolean overridden(Fields place, Fields own, String name) {
    return place != own && own.has(name);
  }

  /** Options for a destination mean that it is wanted. */
  private static @Nullable Boolean isOn(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    return value.isObject() ? Boolean.TRUE : null;
  }
}
