package io.rebound.ingest.sources;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A write key that may be used, or was until its source was disabled.
 *
 * @param id as the API shows it
 * @param sha256 of the key, in hex
 * @param configured given by configuration, so that no table has it
 * @param enabled false where its source is disabled
 * @param expiresAt from when it isn't known any more
 * @param bucket what it may still send; null without a limit. It outlives the snapshot, so that a
 *     change elsewhere refills nobody's
 */
record KnownKey(
    String id,
    String sha256,
    Source source,
    boolean configured,
    boolean enabled,
    @Nullable Instant expiresAt,
    @Nullable EventBucket bucket) {

  boolean isLive(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }

  /** Zero if it may send so many events, which takes them; else after how many seconds it may. */
  Duration take(int events) {
    return bucket == null ? Duration.ZERO : bucket.take(events);
  }
}
