package io.rebound.identity.privacy;

import static org.awaitility.Awaitility.await;

import io.rebound.consumption.Publisher;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Purpose;
import io.rebound.events.Sealed;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody with an account, an address and a browser of their own, whom nobody else knows. */
final class Customer {
  private final RunningIdentity identity = RunningIdentity.get();
  final String address = UUID.randomUUID() + "@shop.example";
  final Identifier account = identifier(IdentifierType.EXTERNAL_ID, "a-" + UUID.randomUUID());
  final Identifier email = identifier(IdentifierType.EMAIL, address);
  final Identifier browser = identifier(IdentifierType.ANONYMOUS_ID, "b-" + UUID.randomUUID());
  final List<String> eventIds = new ArrayList<>();

  static Identifier identifier(IdentifierType type, String raw) {
    String hash = IdentifierHashes.of(type, raw, Locality.unknown()).getFirst();
    Pseudonyms pseudonyms = RunningIdentity.get().bean(Pseudonyms.class);
    return new Identifier(type, pseudonyms.of(type, hash));
  }

  /** Looks around, then signs in and allows messages; identity knows all of it afterwards. */
  Customer visits(Instant at) {
    does(at.minusSeconds(60), Map.of(Purpose.PROFILING, true), browser);
    does(at, Map.of(Purpose.MESSAGING, true), account, email, browser);
    awaitTaken(eventIds.getLast());
    awaitTaken(eventIds.getFirst());
    return this;
  }

  /** Sends an event and says its id. */
  String does(Instant at, Map<Purpose, Boolean> stated, Identifier... identifiers) {
    TrackedEvent event = event(at, stated, identifiers);
    eventIds.add(event.eventId());
    identity.bean(Publisher.class).publish(Topics.EVENTS, event.eventId(), event).join();
    return event.eventId();
  }

  static TrackedEvent event(Instant at, Map<Purpose, Boolean> stated, Identifier... identifiers) {
    return new TrackedEvent(
        "shop",
        UUID.randomUUID().toString(),
        "Lead",
        at.truncatedTo(ChronoUnit.MICROS),
        Instant.now(),
        ActionSource.WEBSITE,
        null,
        List.of(identifiers),
        new ConsentStatement(stated, Map.of(Purpose.ADS, true)),
        new Sealed("key", "box-of-" + identifiers[0].pseudonym()),
        null,
        null,
        Map.of());
  }

  static void awaitTaken(String eventId) {
    JdbcClient jdbc = RunningIdentity.get().bean(JdbcClient.class);
    await()
        .until(() ->
            jdbc.sql("select exists (select from recent_event where event_id = :id)")
                .param("id", eventId)
                .query(Boolean.class)
                .single());
  }
}
