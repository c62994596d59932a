package io.rebound.ingest.conversions;

import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The app and device an app event came from. Only {@code extinfo} is looked into, because Meta
 * refuses what isn't whole, and because Meta's SDKs write it in three ways.
 *
 * @see <a
 *     href="https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/app-data">App
 *     data parameters</a>
 */
final class AppData {
  private static final String EXTINFO = "extinfo";
  private static final String FIELD = "app_data.extinfo";
  private static final int POSITIONS = 16;
  private static final int PLATFORM = 0;
  private static final int SYSTEM_VERSION = 4;

  private AppData() {}

  static JsonNode of(Fields given) {
    ObjectNode app = (ObjectNode) given.json().deepCopy();
    return app.set(EXTINFO, extinfo(given.json().path(EXTINFO)));
  }

  private static ArrayNode extinfo(JsonNode given) {
    JsonNode list = list(given);
    if (!list.isArray() || list.size() != POSITIONS) {
      throw new InvalidEvent(FIELD, "must be a list of 16 strings");
    }
    ArrayNode extinfo = JsonNodeFactory.instance.arrayNode(POSITIONS);
    list.forEach(one -> extinfo.add(one.asString("")));
    if (extinfo.path(PLATFORM).stringValue().isBlank()
        || extinfo.path(SYSTEM_VERSION).stringValue().isBlank()) {
      throw new InvalidEvent(FIELD, "must name the platform and the system's version");
    }
    return extinfo;
  }

  private static JsonNode list(JsonNode given) {
    if (given.isObject()) {
      return given.path("extendedDeviceInfoArray"); // the gateway class of the Java SDK
    }
    if (!given.isString()) {
      return given;
    }
    try {
      return JsonMapper.shared().readTree(given.stringValue()); // the Java SDK's other door
    } catch (JacksonException noList) {
      throw new InvalidEvent(FIELD, "must be a list of 16 strings");
    }
  }
}
