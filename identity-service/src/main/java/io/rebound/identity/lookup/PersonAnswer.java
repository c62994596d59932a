package io.rebound.identity.lookup;

import io.rebound.events.Identifier;
import io.rebound.events.Purpose;
import io.rebound.identity.consents.Decision;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A person as the doors show them. */
record PersonAnswer(
    UUID personId,
    List<Identifier> identifiers,
    Allowed consents,
    Map<Purpose, Decision> consentsDecidedBy,
    List<UUID> mergedFrom) {

  /** What the person allows, by purpose. */
  record Allowed(boolean ads, boolean profiling, boolean messaging) {}
}
