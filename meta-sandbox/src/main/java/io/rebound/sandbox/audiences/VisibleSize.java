package io.rebound.sandbox.audiences;

import io.rebound.sandbox.graph.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The size as readers see it: a 200 says received, not matched, so a change shows after a delay.
 * Exact to the minute. Guarded by the store.
 */
final class VisibleSize {
  private static final long MINUTE = 60_000;

  private final long delay;
  private final TreeMap<Long, Integer> byMinute = new TreeMap<>();

  VisibleSize(Duration delay) {
    this.delay = delay.toMillis();
  }

  /** From then on the audience had that size. */
  void changed(long at, int size) {
    byMinute.put(at / MINUTE, size);
    Long shown = byMinute.floorKey((at - delay) / MINUTE);
    if (shown != null) {
      byMinute.headMap(shown).clear();
    }
  }

  int shown(long now, int present) {
    if (byMinute.isEmpty()) {
      return present;
    }
    Map.Entry<Long, Integer> visible = byMinute.floorEntry((now - delay) / MINUTE);
    return visible == null ? 0 : visible.getValue();
  }

  /** Whether a change is still to show. */
  boolean pending(long now) {
    return !byMinute.isEmpty() && byMinute.lastKey() > (now - delay) / MINUTE;
  }

  ObjectNode kept() {
    ObjectNode kept = Answer.object();
    byMinute.forEach((minute, size) -> kept.put(String.valueOf(minute), size));
    return kept;
  }

  void restore(JsonNode kept) {
    kept.properties()
        .forEach(entry -> byMinute.put(Long.valueOf(entry.getKey()), entry.getValue().asInt(0)));
  }
}
