package io.rebound.identity.privacy;

import io.rebound.identity.sightings.RepeatsProperties;
import io.rebound.privacy.AgesOut;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** When that is gone which identity's own erasure can't reach at once. */
@Component
class OwnAgesOut {
  /** Kafka compacts {@code profiles} within a day and keeps tombstones for another. */
  private static final Duration COMPACTED = Duration.ofDays(2);

  /** The ring of daily partitions is emptied once a day is two days out of the window. */
  private static final Duration EMPTIED = Duration.ofDays(2);

  private final AgesOut everywhere;
  private final RepeatsProperties repeats;

  OwnAgesOut(AgesOut everywhere, RepeatsProperties repeats) {
    this.everywhere = everywhere;
    this.repeats = repeats;
  }

  /** By kind, the moment after which nothing is left of what was there at {@code now}. */
  Map<String, Instant> from(Instant now) {
    Map<String, Instant> agesOut = new HashMap<>(everywhere.from(now));
    agesOut.put("topic profiles", now.plus(COMPACTED));
    agesOut.put("ids of recent events", now.plus(repeats.window()).plus(EMPTIED));
    return agesOut;
  }
}
