package io.rebound.sandbox.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** All sections as they are, made anew at most once a second however many look. */
@Component
class Snapshot {
  private static final long AGE_NANOS = 900_000_000L;

  private final List<Section> sections;
  private Map<String, Html> latest = Map.of();
  private long madeAt;

  Snapshot(List<Section> sections) {
    this.sections = sections;
  }

  /** Not older than a second; for those who look all the time. */
  synchronized Map<String, Html> recent() {
    return latest.isEmpty() || System.nanoTime() - madeAt > AGE_NANOS ? now() : latest;
  }

  /** As of this moment; for those who have just come. */
  synchronized Map<String, Html> now() {
    Map<String, Html> made = new LinkedHashMap<>();
    sections.forEach(section -> made.put(section.name(), section.html()));
    latest = made;
    madeAt = System.nanoTime();
    return made;
  }
}
