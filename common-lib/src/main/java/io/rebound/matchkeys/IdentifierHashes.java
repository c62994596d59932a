package io.rebound.matchkeys;

import io.rebound.events.IdentifierType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The SHA-256 hashes by which an identifier is known outside, from which its pseudonyms derive.
 *
 * <p>A telephone number has two: Meta's official SDKs hash it with the plus sign, Meta's documents
 * without. A shop that sends numbers raw at one door and hashed by an SDK at another must still be
 * the same person.
 */
public final class IdentifierHashes {
  private IdentifierHashes() {}

  /** How a match key's value is hashed; who hashes a value for several reasons may remember it. */
  @FunctionalInterface
  public interface KeyHash {
    /** As {@link MatchKey#hash}. */
    Optional<String> of(MatchKey key, String raw);
  }

  /**
   * @param raw as it was sent, or its hash
   * @return hex hashes, the documented one first; empty if the value is of no use
   */
  public static List<String> of(IdentifierType type, String raw, Locality locality) {
    return of(type, raw, locality, (key, value) -> key.hash(value, locality));
  }

  /** The same with hashes that may be known already. */
  public static List<String> of(
      IdentifierType type, String raw, Locality locality, KeyHash keyHash) {
    return switch (type) {
      case EMAIL -> bare(keyHash.of(MatchKey.EM, raw));
      case PHONE -> phone(raw, locality);
      case FBP -> MatchKey.FBP.normalize(raw, locality).map(Sha256::hex).stream().toList();
      case MADID -> device(raw, locality);
      case EXTERNAL_ID, WA_USER_ID, LOYALTY_CARD, ANONYMOUS_ID ->
          bare(keyHash.of(MatchKey.EXTERNAL_ID, raw));
    };
  }

  /** Meta takes only an advertising id as the systems give it out; as an identifier any will do. */
  private static List<String> device(String raw, Locality locality) {
    boolean nobodys = raw.chars().allMatch(sign -> sign == '0' || sign == '-' || sign == ' ');
    return nobodys
        ? List.of()
        : MatchKey.ANON_ID
            .normalize(raw, locality)
            .map(id -> Sha256.hex(id.toLowerCase(Locale.ROOT)))
            .stream()
            .toList();
  }

  private static List<String> bare(Optional<String> hash) {
    return hash.isPresent() ? List.of(Sha256.bare(hash.get())) : List.of();
  }

  private static List<String> phone(String raw, Locality locality) {
    return Sha256.bareHash(raw)
        .map(List::of)
        .orElseGet(() ->
            MatchKey.PH.normalize(raw, locality).stream()
                .flatMap(digits -> Stream.of(Sha256.hex(digits), Sha256.hex("+" + digits)))
                .toList());
  }
}
