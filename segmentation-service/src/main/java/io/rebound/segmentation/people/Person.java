package io.rebound.segmentation.people;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as they are in this transaction, which holds their row.
 *
 * @param survivor who they were merged into; null for somebody who stands for themselves
 * @param consentRevision 0 as long as they stated nothing
 * @param profiling what they stated
 * @param assumed whether, as of the last judgement, a source allowed profiling by default
 * @param judgedAt when they were last judged; null if never
 */
public record Person(
    UUID id,
    @Nullable UUID survivor,
    long consentRevision,
    boolean profiling,
    boolean assumed,
    @Nullable Instant lastPurchaseAt,
    int orders,
    BigDecimal spent,
    @Nullable Instant judgedAt) {

  public boolean absorbed() {
    return survivor != null;
  }

  /** Who goes by this id now. */
  public UUID now() {
    return survivor == null ? id : survivor;
  }
}
