package io.rebound.segmentation.people;

import io.rebound.events.Consents;

/**
 * What somebody stated about profiling.
 *
 * @param revision 0 as long as they stated nothing
 */
public record ProfilingConsent(long revision, boolean allowed) {
  public static final ProfilingConsent NONE = new ProfilingConsent(0, false);

  public static ProfilingConsent of(Consents consents) {
    return new ProfilingConsent(consents.revision(), consents.profiling());
  }

  /** Which of two statements holds: the newer; at the same revision the one that allows less. */
  public ProfilingConsent and(ProfilingConsent other) {
    if (revision != other.revision) {
      return revision > other.revision ? this : other;
    }
    return allowed ? other : this;
  }
}
