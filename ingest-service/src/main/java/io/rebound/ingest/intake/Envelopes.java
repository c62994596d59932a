package io.rebound.ingest.intake;

import io.rebound.events.Contact;
import io.rebound.events.EventKey;
import io.rebound.events.MatchKeys;
import io.rebound.events.Sealed;
import io.rebound.events.SealedFields;
import io.rebound.matchkeys.MatchKey;
import io.rebound.sealing.Sealer;
import io.rebound.startup.WatchedFiles;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Seals what an event says about a person, for the one service that may open it. */
@Component
final class Envelopes {
  private static final Pattern HASH = Pattern.compile("\\s*[0-9a-fA-F]{32}");

  private final Sealer capiSync;
  private final Sealer whatsapp;

  Envelopes(SealingProperties properties, WatchedFiles files) {
    capiSync = Sealer.following(properties.capiSyncPublicKeyFile(), files);
    whatsapp = Sealer.following(properties.whatsappPublicKeyFile(), files);
  }

  /** Null if there is nothing to seal. */
  @Nullable Sealed matchKeys(Map<String, List<String>> keys, EventKey event) {
    return keys.isEmpty() ? null : capiSync.seal(new MatchKeys(keys), event);
  }

  /** Null if there is nothing to seal. */
  @Nullable Sealed fields(Map<String, JsonNode> fields, EventKey event) {
    return fields.isEmpty() ? null : capiSync.seal(new SealedFields(fields), event);
  }

  /** Null if the event has no telephone number that can be called from abroad. */
  @Nullable Sealed contact(RawEvent raw, EventKey event) {
    RawContact contact = raw.contact();
    if (contact == null) {
      return null;
    }
    return MatchKey.PH
        .normalize(contact.phone(), raw.locality())
        .map(digits -> new Contact("+" + digits, name(contact.firstName()), contact.language()))
        .map(reachable -> whatsapp.seal(reachable, event))
        .orElse(null);
  }

  /** Nobody is greeted by a hash. */
  private static @Nullable String name(@Nullable String given) {
    return given == null || HASH.matcher(given).lookingAt() ? null : given;
  }
}
