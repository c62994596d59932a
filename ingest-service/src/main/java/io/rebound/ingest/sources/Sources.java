package io.rebound.ingest.sources;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Finds the source of a write key, in memory. Keys are known only as SHA-256, and looked up by it:
 * how long a look-up takes tells nothing about a key.
 *
 * <p>What the tables have is read again when their revision has grown, which is looked at each
 * second; while the database is away the last that was read stays.
 */
@Component
public class Sources {
  private static final Logger log = LoggerFactory.getLogger(Sources.class);
  private static final int LONGEST_KEY = 512;
  private static final Duration CURRENT = Duration.ofSeconds(10);

  private final ConfiguredSources configured;
  private final SourceTable sources;
  private final WriteKeyTable keys;
  private final Clock clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile KnownKeys known;
  private volatile long readAt = System.nanoTime();
  private boolean away;

  Sources(
      ConfiguredSources configured,
      SourceTable sources,
      WriteKeyTable keys,
      Clock clock,
      MeterRegistry metrics) {
    this.configured = configured;
    this.sources = sources;
    this.keys = keys;
    this.clock = clock;
    known = KnownKeys.configured(configured);
    TimeGauge.builder("rebound_ingest_sources_age_seconds", this::ageNanos, TimeUnit.NANOSECONDS)
        .description("How long ago the known sources and keys were compared with the database")
        .register(metrics);
  }

  /** The source of that key, unless nobody knows the key, its time is over or the source is off. */
  public Optional<Source> of(String writeKey) {
    return find(writeKey, clock.instant()).filter(KnownKey::enabled).map(KnownKey::source);
  }

  /** The source of that id as it is now, unless there is none or it is off. */
  public Optional<Source> named(String id) {
    return known.source(id);
  }

  /** The key, unless nobody knows it or its time is over. */
  Optional<KnownKey> find(String writeKey, Instant now) {
    return writeKey.length() > LONGEST_KEY
        ? Optional.empty()
        : known.find(WriteKeys.sha256(writeKey)).filter(key -> key.isLive(now));
  }

  /** Whether a key that isn't found is wrong, rather than not read yet. */
  boolean areCurrent() {
    return known.isComplete() && ageNanos() < CURRENT.toNanos();
  }

  /** What was committed before this call is known after it, unless the database is away. */
  void refresh() {
    reading.lock();
    try {
      long asked = System.nanoTime();
      // a change after this is newer than the revision, so that it is read the next time
      long revision = sources.revision();
      if (revision != known.revision()) {
        known = known.with(revision, configured, sources.all(), keys.live(clock.instant()));
      }
      readAt = asked;
      tell(false);
    } catch (DataAccessException e) {
      tell(true);
    } finally {
      reading.unlock();
    }
  }

  private void tell(boolean nowAway) {
    if (nowAway && !away) {
      log.atWarn().log("The database of sources is away; the last known sources and keys stay");
    } else if (away && !nowAway) {
      log.atInfo().log("The database of sources is back; sources and keys are current");
    }
    away = nowAway;
  }

  private long ageNanos() {
    return System.nanoTime() - readAt;
  }
}
