package io.rebound.ingest.sources;

import io.github.bucket4j.TimeMeter;
import io.rebound.ingest.sources.SourceTable.StoredSource;
import io.rebound.ingest.sources.WriteKeyTable.LiveKey;
import io.rebound.problems.InvalidRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Every write key that is known at one revision of the tables. Immutable but for the buckets. */
final class KnownKeys {
  private static final Logger log = LoggerFactory.getLogger(KnownKeys.class);
  private static final TimeMeter TIME = TimeMeter.SYSTEM_NANOTIME;

  private final long revision;
  private final boolean complete;
  private final Map<String, Source> enabled;
  private final Map<String, KnownKey> byHash;

  private KnownKeys(
      long revision, boolean complete, Map<String, Source> enabled, Map<String, KnownKey> byHash) {
    this.revision = revision;
    this.complete = complete;
    this.enabled = enabled;
    this.byHash = byHash;
  }

  /** Before the tables were read. */
  static KnownKeys configured(ConfiguredSources sources) {
    var byHash = new HashMap<String, KnownKey>();
    for (ConfiguredSources.Configured one : sources.all()) {
      for (String hash : one.keys()) {
        String id = ConfiguredSources.keyId(hash);
        byHash.put(hash, key(id, hash, one.source(), true, true, null, null));
      }
    }
    return new KnownKeys(-1, false, byId(sources), byHash);
  }

  /** The same configured keys, and what the tables have; a configured source goes before theirs. */
  KnownKeys with(
      long newRevision, ConfiguredSources sources, List<StoredSource> stored, List<LiveKey> keys) {
    Map<String, Source> on = new HashMap<>();
    Map<String, Source> off = new HashMap<>();
    boolean all = true;
    for (StoredSource one : stored) {
      try {
        Source source = SourceRules.source(one.definition(), sources.usualLimit());
        (one.disabledAt() == null ? on : off).put(one.id(), source);
      } catch (InvalidRequest | JacksonException newerThanThis) {
        all = false;
        log.atError()
            .addKeyValue("source", one.id())
            .log("A source can't be read; its clients are told to come again");
      }
    }
    on.putAll(byId(sources));
    var known = new HashMap<String, KnownKey>();
    byHash.values().stream()
        .filter(KnownKey::configured)
        .forEach(key -> known.put(key.sha256(), key));
    for (LiveKey key : keys) {
      boolean live = on.containsKey(key.source());
      Source source = (live ? on : off).get(key.source());
      if (source != null) {
        KnownKey before = byHash.get(key.sha256());
        known.putIfAbsent(
            key.sha256(),
            key(key.id(), key.sha256(), source, false, live, key.expiresAt(), before));
      }
    }
    return new KnownKeys(newRevision, all, on, known);
  }

  private static KnownKey key(
      String id,
      String hash,
      Source source,
      boolean configured,
      boolean enabled,
      @Nullable Instant expiresAt,
      @Nullable KnownKey before) {
    EventLimit limit = source.limit();
    EventBucket bucket = null;
    if (before != null && before.source().limit().equals(limit)) {
      bucket = before.bucket();
    } else if (!limit.isNone()) {
      bucket = new EventBucket(limit, TIME);
    }
    return new KnownKey(id, hash, source, configured, enabled, expiresAt, bucket);
  }

  private static Map<String, Source> byId(ConfiguredSources sources) {
    return sources.all().stream()
        .map(ConfiguredSources.Configured::source)
        .collect(Collectors.toMap(Source::id, source -> source));
  }

  long revision() {
    return revision;
  }

  /** Whether a key that isn't here is known to nobody. */
  boolean isComplete() {
    return complete;
  }

  /** The enabled source of that id. */
  Optional<Source> source(String id) {
    return Optional.ofNullable(enabled.get(id));
  }

  Optional<KnownKey> find(String sha256) {
    return Optional.ofNullable(byHash.get(sha256));
  }
}
