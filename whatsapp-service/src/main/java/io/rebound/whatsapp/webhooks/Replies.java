package io.rebound.whatsapp.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.consumption.Publisher;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import io.rebound.whatsapp.webhooks.Notification.Inbound;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns what people write into events like those of the doors: pseudonymised here, at the edge,
 * under the name {@code MessageReceived}, or {@code WhatsAppNumberChanged}.
 */
@Component
class Replies {
  static final String SOURCE = "whatsapp";
  private static final String NAME = "MessageReceived";
  private static final String CHANGED = "WhatsAppNumberChanged";
  private static final Pattern DIGITS = Pattern.compile("[0-9]{5,20}");
  private static final Pattern TYPE = Pattern.compile("[a-z_]{1,40}");

  private final Publisher publisher;
  private final Pseudonyms pseudonyms;

  Replies(Publisher publisher, Pseudonyms pseudonyms) {
    this.publisher = publisher;
    this.pseudonyms = pseudonyms;
  }

  /** Completes when Kafka has them all. */
  CompletableFuture<Void> publish(List<Inbound> messages, Instant receivedAt) {
    return CompletableFuture.allOf(
        messages.stream()
            .map(message -> event(message, receivedAt))
            .filter(event -> !event.identifiers().isEmpty())
            .map(event ->
                publisher.publish(Topics.EVENTS, event.identifiers().getFirst().pseudonym(), event))
            .toArray(CompletableFuture[]::new));
  }

  private TrackedEvent event(Inbound message, Instant receivedAt) {
    return new TrackedEvent(
        SOURCE,
        "wa-" + hash(message.wamid()),
        message.former() == null ? NAME : CHANGED,
        message.at(),
        receivedAt,
        ActionSource.BUSINESS_MESSAGING,
        null,
        identifiers(message),
        ConsentStatement.none(),
        null,
        null,
        null,
        Map.of("message_type", TYPE.matcher(message.type()).matches() ? message.type() : "other"));
  }

  private List<Identifier> identifiers(Inbound message) {
    var identifiers = new ArrayList<Identifier>();
    addPhone(message.waId(), identifiers);
    if (message.former() != null) { // old and new in one event: one person
      addPhone(message.former().waId(), identifiers);
      add(IdentifierType.WA_USER_ID, message.former().userId(), identifiers);
    }
    add(IdentifierType.WA_USER_ID, message.userId(), identifiers);
    return identifiers.stream().distinct().sorted(Comparator.comparing(Identifier::type)).toList();
  }

  private void addPhone(@Nullable String waId, List<Identifier> identifiers) {
    if (waId != null && DIGITS.matcher(waId).matches()) {
      add(IdentifierType.PHONE, "+" + waId, identifiers);
    }
  }

  private void add(IdentifierType type, @Nullable String raw, List<Identifier> identifiers) {
    if (raw != null) {
      IdentifierHashes.of(type, raw, Locality.unknown())
          .forEach(hash -> identifiers.add(new Identifier(type, pseudonyms.of(type, hash))));
    }
  }

  // A wamid holds the number beside many random bytes: hashed, nobody finds the number by trying.
  private static String hash(String wamid) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(wamid.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
