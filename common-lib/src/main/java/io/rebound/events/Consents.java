package io.rebound.events;

/**
 * What a person allows, as decided by identity.
 *
 * @param revision grows with every change of the person's statements; 0 where the person never
 *     stated anything and the source's default was taken. A receiver goes by the highest revision
 *     it has seen, so that an old yes never follows a withdrawal.
 */
public record Consents(boolean ads, boolean profiling, boolean messaging, long revision) {

  /** The statement of the higher revision; at the same revision this one. */
  public Consents orNewer(Consents other) {
    return other.revision > revision ? other : this;
  }

  public boolean allow(Purpose purpose) {
    return switch (purpose) {
      case ADS -> ads;
      case PROFILING -> profiling;
      case MESSAGING -> messaging;
    };
  }
}
