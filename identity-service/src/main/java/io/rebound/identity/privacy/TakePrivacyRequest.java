package io.rebound.identity.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.audit.AuditAction;
import io.rebound.audit.AuditEntry;
import io.rebound.audit.AuditLog;
import io.rebound.audit.Ground;
import io.rebound.audit.Subject;
import io.rebound.consumption.Publisher;
import io.rebound.events.Identifier;
import io.rebound.events.PrivacyRequested;
import io.rebound.events.PrivacyType;
import io.rebound.events.Topics;
import io.rebound.problems.InvalidRequest;
import java.security.Principal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Puts what somebody asks for on its way through Kafka. */
@Component
class TakePrivacyRequest {
  private static final Logger log = LoggerFactory.getLogger(TakePrivacyRequest.class);
  private static final int LONGEST_KEY = 255;

  private final RequestedIdentifiers identifiers;
  private final PrivacyRequests requests;
  private final Publisher publisher;
  private final AuditLog audit;
  private final Clock clock;

  TakePrivacyRequest(
      RequestedIdentifiers identifiers,
      PrivacyRequests requests,
      Publisher publisher,
      AuditLog audit,
      Clock clock) {
    this.identifiers = identifiers;
    this.requests = requests;
    this.publisher = publisher;
    this.audit = audit;
    this.clock = clock;
  }

  /** The request's id once Kafka has it; empty if Kafka didn't take it in time. */
  Optional<UUID> take(PrivacyRequest asked, @Nullable String idempotencyKey, Principal caller) {
    PrivacyType type = asked.readType();
    List<Identifier> named = identifiers.of(asked);
    UUID id = id(type, named, idempotencyKey, caller);
    // as exactly as databases keep it: what happens at this moment is erased everywhere
    var request =
        new PrivacyRequested(id, type, named, clock.instant().truncatedTo(ChronoUnit.MICROS));
    audit.append(
        new AuditEntry(
                caller.getName(),
                AuditAction.PRIVACY_REQUESTED,
                Subject.of("privacy_request", id.toString()),
                Ground.DATA_SUBJECT,
                new TreeMap<>())
            .with("type", type.wireName())
            .with("by", named.getFirst().type().wireName()));
    try {
      publisher.publish(Topics.PRIVACY_REQUESTS, id.toString(), request).join();
    } catch (CompletionException | KafkaException e) {
      log.atWarn()
          .addKeyValue("request_id", id)
          .addKeyValue("failure", e.getClass().getName())
          .log("Kafka didn't take a privacy request; the caller is told to send it again");
      return Optional.empty();
    }
    requests.received(request);
    return Optional.of(id);
  }

  private static UUID id(
      PrivacyType type, List<Identifier> named, @Nullable String key, Principal caller) {
    if (key == null) {
      return UUID.randomUUID();
    }
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw new InvalidRequest("Idempotency-Key", "must have 1 to " + LONGEST_KEY + " characters");
    }
    String pseudonyms = named.stream().map(Identifier::pseudonym).toList().toString();
    String content = String.join("|", caller.getName(), key, type.wireName(), pseudonyms);
    return UUID.nameUUIDFromBytes(content.getBytes(UTF_8));
  }
}
