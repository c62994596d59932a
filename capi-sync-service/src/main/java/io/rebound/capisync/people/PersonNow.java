package io.rebound.capisync.people;

import io.rebound.events.Consents;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as we know them at this moment.
 *
 * @param survivor who they are after all merges; themselves if nobody absorbed them
 * @param adsConsent the newest statement on ads of everybody who goes by the survivor; null if we
 *     don't know any, which allows nothing
 */
public record PersonNow(UUID personId, UUID survivor, @Nullable AdsConsent adsConsent) {

  /**
   * What a person allows for ads.
   *
   * @param revision 0 where the person never stated anything
   */
  public record AdsConsent(boolean allowed, long revision) {}

  public boolean isAlias() {
    return !survivor.equals(personId);
  }

  /** Whether we may disclose an event that came with these consents: the newest statement holds. */
  public boolean allowsAds(Consents withEvent) {
    return adsConsent == null || withEvent.revision() >= adsConsent.revision()
        ? withEvent.ads()
        : adsConsent.allowed();
  }

  /**
   * The consents of an event that came as another person's, as they count for whom it was moved to:
   * the other's yes outweighs no no of theirs, however new it is; the other's no stays one.
   */
  public static Consents ofAnother(Consents withEvent) {
    return withEvent.ads()
        ? new Consents(true, withEvent.profiling(), withEvent.messaging(), 0)
        : withEvent;
  }

  /**
   * Whether their other events' keys may be added to an event. A source that assumes a yes for its
   * own events assumes none for what other sources told us.
   */
  public boolean allowsCompletion() {
    return adsConsent != null && adsConsent.allowed();
  }
}
