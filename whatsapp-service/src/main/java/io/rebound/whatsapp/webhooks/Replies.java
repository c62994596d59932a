package io.rebound.whatsapp.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.consumption.Publisher;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentProof;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Identifier;
import io.rebound.events.KeptBack;
import io.rebound.events.Purpose;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.whatsapp.stops.Stops;
import io.rebound.whatsapp.webhooks.Notification.Inbound;
import io.rebound.whatsapp.webhooks.Notification.Preference;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns what people write and choose into events like those of the doors: pseudonymised here, at
 * the edge, under the names {@code MessageReceived}, {@code WhatsAppNumberChanged} and {@code
 * Consent Stated}.
 */
@Component
class Replies {
  static final String SOURCE = "whatsapp";
  private static final String MESSAGE = "MessageReceived";
  private static final String CHOICE = "Consent Stated";
  private static final String CHANGED = "WhatsAppNumberChanged";
  private static final Pattern TYPE = Pattern.compile("[a-z_]{1,40}");

  private final Publisher publisher;
  private final SenderIds senders;
  private final ChoiceWords words;
  private final Stops stops;

  Replies(Publisher publisher, SenderIds senders, ChoiceWords words, Stops stops) {
    this.publisher = publisher;
    this.senders = senders;
    this.words = words;
    this.stops = stops;
  }

  /** Completes when Kafka has them all; who said stop gets no message from when this returns. */
  CompletableFuture<Void> publish(
      List<Inbound> messages, List<Preference> preferences, Instant receivedAt) {
    var events = new ArrayList<TrackedEvent>();
    messages.forEach(message -> add(message, receivedAt, events));
    preferences.forEach(preference -> add(preference, receivedAt, events));
    stops.add(events);
    return CompletableFuture.allOf(
        events.stream()
            .map(event ->
                publisher.publish(Topics.EVENTS, event.identifiers().getFirst().pseudonym(), event))
            .toArray(CompletableFuture[]::new));
  }

  private void add(Inbound message, Instant receivedAt, List<TrackedEvent> events) {
    List<Identifier> identifiers = senders.of(message);
    if (!identifiers.isEmpty()) {
      events.add(
          event(
              "wa-" + hash(message.wamid()),
              message.former() == null ? MESSAGE : CHANGED,
              message.at(),
              receivedAt,
              identifiers,
              statement(words.choice(message.texts()), "whatsapp-message"),
              Map.of(
                  "message_type",
                  TYPE.matcher(message.type()).matches() ? message.type() : "other"),
              null));
    }
  }

  private void add(Preference preference, Instant receivedAt, List<TrackedEvent> events) {
    List<Identifier> identifiers =
        senders.of(preference.waId(), preference.userId(), preference.at());
    if (!identifiers.isEmpty()) {
      // by the pseudonym: a hash of the number itself is found by trying all numbers
      String said =
          String.join(
              "|",
              identifiers.getFirst().pseudonym(),
              preference.how(),
              String.valueOf(preference.allows()),
              preference.at().toString());
      events.add(
          event(
              "wa-" + hash(said),
              CHOICE,
              preference.at(),
              receivedAt,
              identifiers,
              statement(preference.allows(), preference.how()),
              Map.of(),
              KeptBack.STATEMENT));
    }
  }

  private static ConsentStatement statement(@Nullable Boolean allows, String how) {
    return allows == null
        ? ConsentStatement.none()
        : new ConsentStatement(
            Map.of(Purpose.MESSAGING, allows),
            Map.of(),
            null,
            new ConsentProof(null, how, null, null));
  }

  private static TrackedEvent event(
      String id,
      String name,
      Instant at,
      Instant receivedAt,
      List<Identifier> identifiers,
      ConsentStatement consent,
      Map<String, Object> customData,
      @Nullable KeptBack keptBack) {
    return new TrackedEvent(
        SOURCE,
        id,
        name,
        at,
        receivedAt,
        ActionSource.BUSINESS_MESSAGING,
        null,
        identifiers,
        consent,
        null,
        null,
        null,
        customData,
        Map.of(),
        null,
        null,
        keptBack);
  }

  // A wamid holds the number beside many random bytes: hashed, nobody finds the number by trying.
  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
