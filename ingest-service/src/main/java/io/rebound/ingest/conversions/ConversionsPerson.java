package io.rebound.ingest.conversions;

import io.rebound.events.IdentifierType;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.InvalidEvent;
import io.rebound.ingest.intake.RawContact;
import io.rebound.ingest.intake.RawIdentifier;
import io.rebound.ingest.intake.RawKeys;
import io.rebound.matchkeys.MatchKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Meta's user_data. Keys that Meta wants hashed may come raw: they are hashed here.
 *
 * @see <a
 *     href="https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/customer-information-parameters">Customer
 *     information parameters</a>
 */
record ConversionsPerson(Fields userData) {
  private static final Set<MatchKey> OF_THE_PERSON =
      EnumSet.range(MatchKey.EM, MatchKey.EXTERNAL_ID);
  private static final Set<MatchKey> OF_THE_REQUEST =
      EnumSet.complementOf(EnumSet.copyOf(OF_THE_PERSON));
  private static final Map<MatchKey, IdentifierType> IDENTIFIERS =
      Map.of(
          MatchKey.EXTERNAL_ID, IdentifierType.EXTERNAL_ID,
          MatchKey.EM, IdentifierType.EMAIL,
          MatchKey.PH, IdentifierType.PHONE,
          MatchKey.FBP, IdentifierType.FBP,
          MatchKey.MADID, IdentifierType.MADID,
          MatchKey.ANON_ID, IdentifierType.ANONYMOUS_ID);

  /** The keys by which somebody can be known. */
  static final String WHO = "em, ph, external_id, fbp, madid, anon_id";

  private static final Set<String> KNOWN =
      Arrays.stream(MatchKey.values()).map(MatchKey::wireName).collect(Collectors.toSet());
  private static final Pattern HASH = Pattern.compile("\\s*[0-9a-fA-F]{64}.*", Pattern.DOTALL);

  RawKeys keys() {
    return keys(OF_THE_PERSON);
  }

  RawKeys requestKeys() {
    return keys(OF_THE_REQUEST);
  }

  private RawKeys keys(Set<MatchKey> wanted) {
    var keys = new RawKeys();
    for (MatchKey key : wanted) {
      keys.addAll(key, userData.texts(key.wireName()));
    }
    return keys;
  }

  List<RawIdentifier> identifiers() {
    var identifiers = new ArrayList<RawIdentifier>();
    IDENTIFIERS.forEach((key, type) ->
        userData
            .texts(key.wireName())
            .forEach(value -> identifiers.add(new RawIdentifier(type, value))));
    if (identifiers.isEmpty()) {
      throw new InvalidEvent("user_data", "must hold one of " + WHO + " to tell who it was");
    }
    return identifiers;
  }

  /** Only where the number itself was sent, not its hash. */
  @Nullable RawContact contact() {
    return userData.texts(MatchKey.PH.wireName()).stream()
        .filter(number -> !HASH.matcher(number).matches())
        .findFirst()
        .map(number -> new RawContact(number, firstName(), null))
        .orElse(null);
  }

  private @Nullable String firstName() {
    return userData.texts(MatchKey.FN.wireName()).stream().findFirst().orElse(null);
  }

  /** Whether a key of that name goes to Meta. */
  static boolean knows(String name) {
    return KNOWN.contains(name);
  }

  /** Never shows a value: this is personal data. */
  @Override
  public String toString() {
    return "ConversionsPerson[…]";
  }
}
