package io.rebound.events;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One service has done what a {@link PrivacyOrder} asks, Meta's side included.
 *
 * @param service the module's short name, for instance {@code capi-sync}
 * @param at when; the same in all parts of one answer
 * @param counts what was erased or handed over, by kind: {@code {"conversions": 12}}
 * @param agesOut what can't be erased at once, by kind, and when it will be gone: {@code {"topic
 *     events": "…"}}
 * @param export for an access request: a part of the JSON document, compressed, sealed for identity
 *     and bound to the service, the request's id and the part's number
 * @param part which part of the export, from 0
 * @param parts how many parts there are; 1 where there is nothing to divide
 */
public record PrivacyReceipt(
    UUID requestId,
    String service,
    Instant at,
    Map<String, Long> counts,
    Map<String, Instant> agesOut,
    @Nullable Sealed export,
    int part,
    int parts)
    implements Message {
  public PrivacyReceipt {
    counts = Map.copyOf(counts);
    agesOut = Map.copyOf(agesOut);
  }

  @Override
  public String ceType() {
    return "io.rebound.privacy-receipt.v1";
  }

  @Override
  public String ceId() {
    return requestId + "/" + service + "/" + part;
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
