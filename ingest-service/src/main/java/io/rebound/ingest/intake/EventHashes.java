package io.rebound.ingest.intake;

import io.rebound.matchkeys.IdentifierHashes.KeyHash;
import io.rebound.matchkeys.Locality;
import io.rebound.matchkeys.MatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The hashes of one event's values, each made once: an address or a customer's id is a match key
 * and an identifier.
 */
final class EventHashes implements KeyHash {
  // more than an event has that aren't there to keep us busy
  private static final int MOST_KNOWN = 20;

  private record Known(MatchKey key, String raw, Optional<String> hash) {}

  private final Locality locality;
  private final List<Known> known = new ArrayList<>();

  EventHashes(Locality locality) {
    this.locality = locality;
  }

  @Override
  public Optional<String> of(MatchKey key, String raw) {
    if (!key.hashed()) {
      return key.hash(raw, locality);
    }
    for (int at = 0; at < known.size(); at++) {
      Known one = known.get(at);
      if (one.key() == key && one.raw().equals(raw)) {
        return one.hash();
      }
    }
    Optional<String> hash = key.hash(raw, locality);
    if (known.size() < MOST_KNOWN) {
      known.add(new Known(key, raw, hash));
    }
    return hash;
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "EventHashes[" + known.size() + "]";
  }
}
