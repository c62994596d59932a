package io.rebound.segmentation;

import io.rebound.events.EventJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** Definitions for tests. */
public final class TestSegments {
  public static final String CARTS =
      """
      {"audience": true, "when": {"all": [{"event": "AddToCart", "within": "24h"},
        {"not": {"event": "Purchase", "within": "24h"}}]}}
      """;

  private TestSegments() {}

  /** Puts segments of every kind. */
  public static void putAll(Segmentation segmentation) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("carts", CARTS);
    all.put("good", "{\"when\": {\"rfm\": {\"r\": [3, 4, 5], \"f\": [3, 4, 5]}}}");
    all.put(
        "good-carts", "{\"when\": {\"all\": [{\"segment\": \"good\"}, {\"segment\": \"carts\"}]}}");
    all.put(
        "lookers",
        "{\"when\": {\"event\": \"ViewContent\", \"within\": \"2d\", \"count\": {\"gte\": 1, \"lte\": 2}}}");
    all.put("never-bought", "{\"when\": {\"not\": {\"event\": \"Purchase\"}}}");
    all.forEach((name, definition) -> put(segmentation, name, definition));
  }

  public static void put(Segmentation segmentation, String name, String definition) {
    segmentation.put(name, EventJson.MAPPER.readTree(definition));
  }
}
