package io.rebound.whatsapp.webhooks;

import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import io.rebound.whatsapp.webhooks.Notification.Inbound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** What the sender goes by, and went by until they changed it: one event, so one person. */
  List<Identifier> of(Inbound message) {
    var identifiers = new ArrayList<>(of(message.waId(), message.userId(), message.at()));
    if (message.former() != null) {
      identifiers.addAll(of(message.former().waId(), message.former().userId(), message.at()));
    }
    return identifiers.stream().distinct().sorted(Comparator.comparing(Identifier::type)).toList();
  }

  /** Strongest first; none if neither can be used. */
  List<Identifier> of(@Nullable String waId, @Nullable String userId, Instant at) {
    var identifiers = new ArrayList<Identifier>();
    if (waId != null && DIGITS.matcher(waId).matches()) {
      add(IdentifierType.PHONE, "+" + waId, at, identifiers);
    }
    if (userId != null) {
      add(IdentifierType.WA_USER_ID, userId, at, identifiers);
    }
    return identifiers;
  }

  private void add(IdentifierType type, String raw, Instant at, List<Identifier> identifiers) {
    IdentifierHashes.of(type, raw, Locality.unknown()).stream()
        .flatMap(hash -> pseudonyms.at(at, type, hash).stream())
        .forEach(pseudonym -> identifiers.add(new Identifier(type, pseudonym)));
  }
}
