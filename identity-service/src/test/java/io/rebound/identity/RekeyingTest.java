package io.rebound.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.consumption.Publisher;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.EventJson;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Purpose;
import io.rebound.events.Sealed;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.rekeying.RekeyedEnvelope;
import io.rebound.identity.rekeying.SealedPerson;
import io.rebound.pseudonyms.Pseudonyms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What an operator's command reads and tells; the command itself is tested with the platform. */
class RekeyingTest {
  private static final String WRAPPED = "AQAAACo" + "A".repeat(80); // to the key 42
  private final RunningIdentity identity = RunningIdentity.get();
  private final String hash = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
  private final String old = identity.bean(Pseudonyms.class).of(IdentifierType.EMAIL, hash);
  private final Identifier email = new Identifier(IdentifierType.EMAIL, old);
  private final Identifier anew = new Identifier(IdentifierType.EMAIL, "k2." + old.substring(3));

  @Test
  void a_person_gets_the_new_pseudonym_and_the_new_seal_and_stays_as_they_were() {
    publish(Map.of(Purpose.ADS, true, Purpose.MESSAGING, true));
    SealedPerson person = sealedPerson();
    assertThat(person.identifiers()).containsExactly(email);
    assertThat(person.kept())
        .singleElement()
        .satisfies(kept -> {
          assertThat(kept.identifiers()).containsExactly(email);
          assertThat(kept.matchKeys().sealed()).isEqualTo(new Sealed(WRAPPED, "box"));
          assertThat(kept.contact()).isNull();
        });
    JsonNode before = found(person.personId());

    var told = new Sealed("AQAAACs" + "A".repeat(80), "box_");
    String id = "rekey-" + hash.substring(0, 32);
    String body = body(id, Instant.now(), List.of(email, anew), told);
    assertThat(identity.post("/v1/sealed-persons", body).statusCode()).isEqualTo(200);
    assertThat(identity.post("/v1/sealed-persons", body).statusCode()).isEqualTo(200);

    await()
        .untilAsserted(() -> {
          SealedPerson after = sealedPerson();
          assertThat(after.identifiers()).containsExactlyInAnyOrder(email, anew);
          assertThat(after.kept())
              .singleElement()
              .satisfies(kept -> {
                assertThat(kept.identifiers()).containsExactlyInAnyOrder(email, anew);
                assertThat(kept.matchKeys().sealed()).isEqualTo(told);
                assertThat(kept.matchKeys().key()).isEqualTo(RekeyedEnvelope.event(id));
              });
        });
    JsonNode after = found(person.personId());
    assertThat(after.path("consents")).isEqualTo(before.path("consents"));
    assertThat(keys()).contains(43L);
    assertThat(identity.get("/v1/audit?action=persons.rekeyed&limit=1").body())
        .contains("\"envelopes\":\"1\"", "\"actor\":\"tests\"");
  }

  @Test
  void what_can_not_be_is_refused_with_the_field() {
    var seal = new Sealed(WRAPPED, "box");
    String id = "rekey-" + hash.substring(0, 32);
    var device = new Identifier(IdentifierType.ANONYMOUS_ID, old);
    Instant now = Instant.now();

    assertRefused(body("order-1", now, List.of(email), seal), "event_id");
    assertRefused(body(id, now.plusSeconds(3_600), List.of(email), seal), "at");
    assertRefused(body(id, now, List.of(), seal), "identifiers");
    assertRefused(body(id, now, List.of(email, device), seal), "identifiers");
    assertThat(identity.get("/v1/sealed-persons?after=somebody").statusCode()).isEqualTo(400);
    assertThat(identity.get("/v1/sealed-persons?limit=501").statusCode()).isEqualTo(400);
  }

  private void assertRefused(String body, String field) {
    var answer = identity.post("/v1/sealed-persons", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
  }

  private static String body(
      String id, Instant at, List<Identifier> identifiers, Sealed matchKeys) {
    return EventJson.MAPPER.writeValueAsString(
        List.of(new RekeyedEnvelope(id, UUID.randomUUID(), at, identifiers, matchKeys, null)));
  }

  private void publish(Map<Purpose, Boolean> assumed) {
    var event =
        new TrackedEvent(
            "shop",
            UUID.randomUUID().toString(),
            "Lead",
            Instant.now(),
            Instant.now(),
            ActionSource.WEBSITE,
            null,
            List.of(email),
            new ConsentStatement(Map.of(), assumed),
            new Sealed(WRAPPED, "box"),
            null,
            null,
            Map.of());
    identity.bean(Publisher.class).publish(Topics.EVENTS, event.eventId(), event).join();
  }

  /** Looks through all pages, as the command does. */
  private SealedPerson sealedPerson() {
    return await().until(this::lookThrough, Optional::isPresent).orElseThrow();
  }

  private Optional<SealedPerson> lookThrough() {
    String after = "";
    while (true) {
      JsonNode page =
          EventJson.MAPPER.readTree(identity.get("/v1/sealed-persons?limit=2" + after).body());
      for (JsonNode one : page.path("data")) {
        SealedPerson person = EventJson.MAPPER.treeToValue(one, SealedPerson.class);
        if (person.identifiers().contains(email)) {
          return Optional.of(person);
        }
      }
      if (page.path("next").isMissingNode()) {
        return Optional.empty();
      }
      after = "&after=" + page.path("next").stringValue();
    }
  }

  private JsonNode found(UUID person) {
    return EventJson.MAPPER.readTree(identity.get("/v1/persons/" + person).body());
  }

  private List<Long> keys() {
    return identity
        .bean(JdbcClient.class)
        .sql("select distinct sealing_key from envelope where sealing_key is not null")
        .query(Long.class)
        .list();
  }
}
