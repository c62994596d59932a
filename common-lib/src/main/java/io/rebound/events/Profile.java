package io.rebound.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A state: who a person is, for services that disclose or message. The compacted topic holds the
 * latest of each person, so that a new or rebuilt service can start from it; the highest revision
 * holds.
 *
 * @param absorbedBy set when the person was merged into another: the rest is then empty
 * @param mergedFrom every person id this person goes by as well
 * @param identifiers all identifiers linked to the person
 * @param matchKeys the newest sealed match keys of each pseudonym, newest first
 * @param contact the newest contact, sealed for whatsapp
 */
public record Profile(
    UUID personId,
    long revision,
    Instant at,
    @Nullable UUID absorbedBy,
    List<UUID> mergedFrom,
    List<Identifier> identifiers,
    List<SealedWithEvent> matchKeys,
    @Nullable SealedWithEvent contact,
    Consents consents)
    implements Message {
  public Profile {
    mergedFrom = List.copyOf(mergedFrom);
    identifiers = List.copyOf(identifiers);
    matchKeys = List.copyOf(matchKeys);
  }

  @Override
  public String ceType() {
    return "io.rebound.profile.v1";
  }

  @Override
  public String ceId() {
    return personId + "/" + revision;
  }

  @Override
  public Instant ceTime() {
    return at;
  }
}
