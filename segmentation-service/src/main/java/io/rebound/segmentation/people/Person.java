package io.rebound.segmentation.people;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as they are in this transaction, which holds their row.
 *
 * @param alias the latest told of whose alias they are
 * @param survivor who is at the end of the chain of aliases; null for somebody who stands for
 *     themselves
 * @param stated what was stated under this very id
 * @param consent what holds by the statements of everybody who goes by this person
 * @param assumed whether, as of the last judgement, a source allowed profiling by default
 * @param judgedAt when they were last judged; null if never
 */
public record Person(
    UUID id,
    Alias alias,
    @Nullable UUID survivor,
    ProfilingConsent stated,
    ProfilingConsent consent,
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

  /** Whether they stated nothing, under whatever id. */
  public boolean silent() {
    return consent.revision() == 0;
  }

  /** The same after this was stated under this very id. */
  Person stating(ProfilingConsent told) {
    return new Person(
        id,
        alias,
        survivor,
        stated.and(told),
        consent,
        assumed,
        lastPurchaseAt,
        orders,
        spent,
        judgedAt);
  }

  /** The same after this was stated under an id that goes by this person. */
  Person allowing(ProfilingConsent told) {
    return new Person(
        id,
        alias,
        survivor,
        stated,
        consent.and(told),
        assumed,
        lastPurchaseAt,
        orders,
        spent,
        judgedAt);
  }
}
