package io.rebound.privacy;

import io.rebound.events.PrivacyReceipt;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What an erasure came to in one service.
 *
 * @param counts rows removed, by kind
 * @param agesOut what can't be removed at once, by kind, and when it will be gone
 */
public record Erased(Map<String, Long> counts, Map<String, Instant> agesOut) {
  public Erased {
    counts = Map.copyOf(counts);
    agesOut = Map.copyOf(agesOut);
  }

  /**
   * The receipt for it, keyed by the request in {@code privacy-receipts}.
   *
   * @param service the module's short name
   */
  public PrivacyReceipt receipt(UUID requestId, String service, Instant at) {
    return new PrivacyReceipt(requestId, service, at, counts, agesOut, null, 0, 1);
  }
}
