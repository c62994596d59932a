package io.rebound.ingest.sources;

import io.rebound.problems.InvalidRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many events a write key may send to one instance of this service.
 *
 * @param eventsPerSecond on the average; 0: no limit
 * @param burst how many at once after a pause; ten seconds' worth unless given. A batch larger than
 *     that passes after a pause and is waited off before the next
 */
public record EventLimit(@DefaultValue("1000") long eventsPerSecond, @Nullable Long burst) {
  static final EventLimit NONE = new EventLimit(0, null);
  private static final long MOST = 1_000_000;
  private static final int SECONDS_AT_ONCE = 10;

  boolean isNone() {
    return eventsPerSecond == 0;
  }

  long atOnce() {
    return burst == null ? eventsPerSecond * SECONDS_AT_ONCE : burst;
  }

  /** Refuses what can't be; {@code field} is where the limit stands in the request. */
  void check(String field) {
    if (eventsPerSecond < 0 || eventsPerSecond > MOST) {
      throw new InvalidRequest(
          field + ".events_per_second", "must be from 0, which is no limit, to " + MOST);
    }
    if (burst != null && isNone()) {
      throw new InvalidRequest(field + ".events_per_second", "must be given beside burst");
    }
    if (burst != null && (burst < 1 || burst > MOST * SECONDS_AT_ONCE)) {
      throw new InvalidRequest(field + ".burst", "must be from 1 to " + MOST * SECONDS_AT_ONCE);
    }
  }
}
