package io.rebound.identity.consents;

import io.rebound.events.Consents;
import io.rebound.events.Purpose;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person is held to have stated, and what is assumed where they didn't.
 *
 * @param stated by purpose
 * @param assumed the strictest of the defaults of all sources that know the person
 * @param revision 0 while nothing was ever stated
 */
public record Registered(
    Map<Purpose, Boolean> stated, Map<Purpose, Boolean> assumed, long revision) {
  /** Nobody said anything. */
  public static final Registered NOTHING = new Registered(Map.of(), Map.of(), 0);

  Registered assuming(Map<Purpose, Boolean> more) {
    return more.isEmpty() ? this : new Registered(stated, strictest(assumed, more), revision);
  }

  /** A no of either is a no. */
  public static Map<Purpose, Boolean> strictest(
      Map<Purpose, Boolean> one, Map<Purpose, Boolean> other) {
    if (one.equals(other)) {
      return one;
    }
    var strictest = new HashMap<>(one);
    other.forEach((purpose, value) -> strictest.merge(purpose, value, Boolean::logicalAnd));
    return strictest;
  }

  Registered stating(Map<Purpose, Boolean> statements) {
    return new Registered(Map.copyOf(statements), assumed, revision);
  }

  Registered atLeast(long otherRevision) {
    return new Registered(stated, assumed, Math.max(revision, otherRevision));
  }

  /** What the person allows. */
  public Consents effective() {
    return consents(assumed);
  }

  /** As they hold for one event: while nothing is stated, its own source's default counts. */
  Consents effective(Map<Purpose, Boolean> assumedByEvent) {
    return consents(revision == 0 ? assumedByEvent : assumed);
  }

  private Consents consents(Map<Purpose, Boolean> otherwise) {
    return new Consents(
        allows(Purpose.ADS, otherwise),
        allows(Purpose.PROFILING, otherwise),
        allows(Purpose.MESSAGING, otherwise),
        revision);
  }

  private boolean allows(Purpose purpose, Map<Purpose, Boolean> otherwise) {
    @Nullable Boolean value = stated.get(purpose);
    return value == null ? otherwise.getOrDefault(purpose, false) : value;
  }

  /** Whether anybody who goes by these consents would act otherwise. */
  boolean sameEffectAs(Registered other) {
    return effective().equals(other.effective()) && stated.equals(other.stated);
  }
}
