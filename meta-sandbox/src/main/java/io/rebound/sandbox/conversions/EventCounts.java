package io.rebound.sandbox.conversions;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How many events came, in all and by name. Guarded by the store. */
final class EventCounts {
  private final Map<String, long[]> byName = new TreeMap<>(); // received, unique
  private final Map<String, Long> diagnostics = new TreeMap<>();
  private long refusedRequests;
  private long unmatchable;
  private long fromBrowsers;

  void received(ReceivedEvent event, boolean first) {
    if (event.browser()) {
      fromBrowsers++;
      return; // what servers sent is counted by itself
    }
    long[] counts = byName.computeIfAbsent(event.name(), _ -> new long[2]);
    counts[0]++;
    if (first) {
      counts[1]++;
      unmatchable += event.review().matchKeys() == 0 ? 1 : 0;
    }
    event.review().diagnostics().forEach(word -> diagnostics.merge(word, 1L, Long::sum));
  }

  void refused() {
    refusedRequests++;
  }

  void clear() {
    byName.clear();
    diagnostics.clear();
    refusedRequests = 0;
    unmatchable = 0;
    fromBrowsers = 0;
  }

  ObjectNode shown() {
    long received = 0;
    long unique = 0;
    ObjectNode names = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, long[]> entry : byName.entrySet()) {
      long[] counts = entry.getValue();
      received += counts[0];
      unique += counts[1];
      names.set(entry.getKey(), counts(counts[0], counts[1]));
    }
    ObjectNode shown = counts(received, unique);
    shown.put("refused_requests", refusedRequests).put("unmatchable", unmatchable);
    shown.put("from_browsers", fromBrowsers);
    shown.set("by_name", names);
    ObjectNode words = shown.putObject("diagnostics");
    diagnostics.forEach(words::put);
    return shown;
  }

  void restore(JsonNode shown) {
    clear();
    refusedRequests = shown.path("refused_requests").asLong(0);
    unmatchable = shown.path("unmatchable").asLong(0);
    fromBrowsers = shown.path("from_browsers").asLong(0);
    shown
        .path("by_name")
        .properties()
        .forEach(entry ->
            byName.put(
                entry.getKey(),
                new long[] {
                  entry.getValue().path("received").asLong(0),
                  entry.getValue().path("unique").asLong(0)
                }));
    shown
        .path("diagnostics")
        .properties()
        .forEach(entry -> diagnostics.put(entry.getKey(), entry.getValue().asLong(0)));
  }

  private static ObjectNode counts(long received, long unique) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("received", received)
        .put("unique", unique)
        .put("duplicate", received - unique);
  }
}
