package io.rebound.sandbox.page;

import io.rebound.sandbox.audiences.AudienceStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How the audiences' sizes changed. Only changes are kept; a history that gets too long loses every
 * second point, so that it always reaches back to the audience's first day.
 */
@Component
class AudienceHistory {
  private static final int MOST_POINTS = 240;
  private static final int MOST_AUDIENCES = 200;

  private final AudienceStore audiences;
  private final Clock clock;
  private final Map<String, List<Point>> points = new LinkedHashMap<>();

  AudienceHistory(AudienceStore audiences, Clock clock) {
    this.audiences = audiences;
    this.clock = clock;
  }

  /** From this moment on, in Unix milliseconds, the audience had this size. */
  record Point(long at, int size) {}

  /** Notes what has changed; asking for some numbers every other second costs next to nothing. */
  @Scheduled(fixedDelay = 2_000)
  synchronized void look() {
    long now = clock.millis();
    List<AudienceStore.Size> sizes = audiences.sizes();
    points
        .keySet()
        .retainAll(sizes.stream().map(AudienceStore.Size::id).collect(Collectors.toSet()));
    for (AudienceStore.Size audience : sizes) {
      if (points.size() < MOST_AUDIENCES || points.containsKey(audience.id())) {
        note(points.computeIfAbsent(audience.id(), _ -> new ArrayList<>()), audience.size(), now);
      }
    }
  }

  private static void note(List<Point> history, int size, long now) {
    history.removeIf(point -> point.at() > now); // the clock was moved back
    if (!history.isEmpty() && history.getLast().size() == size) {
      return;
    }
    if (history.size() >= MOST_POINTS) {
      List<Point> thinned = new ArrayList<>();
      for (int i = 0; i < history.size(); i += 2) {
        thinned.add(history.get(i));
      }
      history.clear();
      history.addAll(thinned);
    }
    history.add(new Point(now, size));
  }

  /** The changes of an audience's size, oldest first. */
  synchronized List<Point> of(String audience) {
    return List.copyOf(points.getOrDefault(audience, List.of()));
  }
}
