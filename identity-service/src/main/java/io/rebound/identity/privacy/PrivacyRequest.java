package io.rebound.identity.privacy;

import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.PrivacyType;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.problems.InvalidRequest;
import io.rebound.pseudonyms.Pseudonyms;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody asks for, as they wrote it. The raw value lives only as long as the call. */
record PrivacyRequest(@Nullable String type, @Nullable Named identifier) {
  private static final String TYPES =
      Arrays.stream(IdentifierType.values())
          .map(IdentifierType::wireName)
          .collect(Collectors.joining(", "));

  /** Whom it is about. */
  record Named(@Nullable String type, @Nullable String value) {
    /** Never shows the value: this is personal data. */
    @Override
    public String toString() {
      return "Named[" + type + "]";
    }
  }

  PrivacyType readType() {
    return Arrays.stream(PrivacyType.values())
        .filter(one -> one.wireName().equals(type))
        .findFirst()
        .orElseThrow(() -> new InvalidRequest("type", "must be access or erasure"));
  }

  /** Every pseudonym that the identifier goes by. */
  List<Identifier> pseudonymised(Pseudonyms pseudonyms, Locality locality) {
    if (identifier == null) {
      throw new InvalidRequest("identifier", "must be given");
    }
    IdentifierType kind =
        Arrays.stream(IdentifierType.values())
            .filter(one -> one.wireName().equals(identifier.type()))
            .findFirst()
            .orElseThrow(() -> new InvalidRequest("identifier.type", "must be one of " + TYPES));
    if (identifier.value() == null) {
      throw new InvalidRequest("identifier.value", "must be given");
    }
    List<Identifier> found =
        IdentifierHashes.of(kind, identifier.value(), locality).stream()
            .flatMap(hash -> pseudonyms.ever(kind, hash).stream())
            .map(pseudonym -> new Identifier(kind, pseudonym))
            .toList();
    if (found.isEmpty()) {
      throw new InvalidRequest("identifier.value", "must be a valid " + kind.wireName());
    }
    return found;
  }
}
