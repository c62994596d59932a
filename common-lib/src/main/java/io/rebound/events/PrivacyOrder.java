package io.rebound.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What every service but identity has to do about a person, and answers with a {@link
 * PrivacyReceipt}. Sent again it is carried out again, to the same end.
 *
 * @param persons every id the person goes or ever went by, and those of their devices that nobody
 *     else used
 * @param identifiers the person's pseudonyms, for what is kept without a person
 * @param at what happened until then is meant; who returns later is a new person under another id
 */
public record PrivacyOrder(
    UUID requestId, PrivacyType type, List<UUID> persons, List<Identifier> identifiers, Instant at)
    implements PrivacyMessage {
  public PrivacyOrder {
    persons = List.copyOf(persons);
    identifiers = List.copyOf(identifiers);
  }

  @Override
  public String ceType() {
    return "io.rebound.privacy-order.v1";
  }

  @Override
  public String ceId() {
    return requestId + "/order";
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
