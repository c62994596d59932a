package io.rebound.identity.statements;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.consumption.Publisher;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentForm;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Identifier;
import io.rebound.events.KeptBack;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.lookup.LookupProperties;
import io.rebound.matchkeys.DateOrder;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.problems.InvalidRequest;
import io.rebound.pseudonyms.Pseudonyms;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends what was entered the way of all events: a restored identity reads it again, and it is
 * weighed against everything else the person stated.
 */
@Component
class EnterStatements {
  private static final String NAME = "Consent Stated";

  private final Publisher publisher;
  private final Pseudonyms pseudonyms;
  private final Locality locality;

  EnterStatements(Publisher publisher, Pseudonyms pseudonyms, LookupProperties lookup) {
    this.publisher = publisher;
    this.pseudonyms = pseudonyms;
    this.locality = new Locality(lookup.country(), DateOrder.YEAR_FIRST);
  }

  /**
   * The event that tells it.
   *
   * @param key the caller's name for the call; the same statement under the same one is one event
   */
  TrackedEvent event(Entered entered, @Nullable String key, Instant now) {
    List<Identifier> identifiers =
        IdentifierHashes.of(entered.type(), entered.value(), locality).stream()
            .flatMap(hash -> pseudonyms.at(entered.at(), entered.type(), hash).stream())
            .map(pseudonym -> new Identifier(entered.type(), pseudonym))
            .toList();
    if (identifiers.isEmpty()) {
      throw new InvalidRequest("identifier.value", "must be a usable " + entered.type().wireName());
    }
    return new TrackedEvent(
        entered.source(),
        key == null ? "consent-" + UUID.randomUUID() : eventId(entered, key, identifiers),
        NAME,
        entered.at(),
        now,
        ActionSource.SYSTEM_GENERATED,
        null,
        identifiers,
        new ConsentStatement(
            entered.consents(), Map.of(), ConsentForm.CONSENT_OBJECT, entered.proof()),
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        null,
        null,
        KeptBack.STATEMENT);
  }

  // Another statement under a key that was used before is another event: dropped as a repetition, a
  // withdrawal would be lost. Keyed, since people put addresses into such keys.
  private String eventId(Entered entered, String key, List<Identifier> identifiers) {
    String said =
        String.join(
            "|",
            key,
            identifiers.getFirst().pseudonym(),
            new java.util.TreeMap<>(entered.consents()).toString());
    return "consent-" + pseudonyms.of(entered.type(), hash(said));
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Completes when Kafka has it. */
  CompletableFuture<Void> publish(TrackedEvent event) {
    return publisher.publish(Topics.EVENTS, event.identifiers().getFirst().pseudonym(), event);
  }
}
