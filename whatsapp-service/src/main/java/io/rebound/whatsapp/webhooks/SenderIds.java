package io.rebound.whatsapp.webhooks;

import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns WhatsApp's names for a person into identifiers. */
@Component
class SenderIds {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{5,20}");

  private final Pseudonyms pseudonyms;

  SenderIds(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /** Strongest first; none if neither can be used. */
  List<Identifier> of(@Nullable String waId, @Nullable String userId) {
    var identifiers = new ArrayList<Identifier>();
    if (waId != null && DIGITS.matcher(waId).matches()) {
      add(IdentifierType.PHONE, "+" + waId, identifiers);
    }
    if (userId != null) {
      add(IdentifierType.WA_USER_ID, userId, identifiers);
    }
    return identifiers;
  }

  private void add(IdentifierType type, String raw, List<Identifier> identifiers) {
    IdentifierHashes.of(type, raw, Locality.unknown())
        .forEach(hash -> identifiers.add(new Identifier(type, pseudonyms.of(type, hash))));
  }
}
