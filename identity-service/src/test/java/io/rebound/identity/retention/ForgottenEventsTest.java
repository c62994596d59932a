package io.rebound.identity.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.consumption.Batch;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentForm;
import io.rebound.events.ConsentStatement;
import io.rebound.events.EventJson;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import io.rebound.identity.graph.ResolvePersons;
import io.rebound.identity.sightings.PersonIds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ForgottenEventsTest {
  private final RunningIdentity identity = RunningIdentity.get();
  private final Instant longAgo =
      Instant.now().minus(Duration.ofDays(1000)).truncatedTo(ChronoUnit.MILLIS);
  private final String story = UUID.randomUUID().toString();
  private final Identifier account = new Identifier(IdentifierType.EXTERNAL_ID, "account " + story);
  private final Identifier browser = new Identifier(IdentifierType.ANONYMOUS_ID, "device " + story);
  private final Identifier other = new Identifier(IdentifierType.ANONYMOUS_ID, "other " + story);

  @Test
  void what_an_anonymous_event_stated_outlives_it_with_its_owner_or_its_visitor() {
    tell(
        event("sign-in", 0, List.of(account, browser), Map.of()),
        event("owned", 1, List.of(browser), Map.of(Purpose.ADS, false)),
        event("visitor", 1, List.of(other), Map.of(Purpose.MESSAGING, false)));
    JsonNode before = person(account);
    JsonNode visitorBefore = person(other);
    JsonNode historyBefore = json("/v1/persons/" + PersonIds.of(account) + "/consents");

    identity.bean(ForgetOldSightings.class).sweep();

    assertThat(before.path("consents_decided_by").path("ads").path("event_id").asString())
        .isEqualTo("owned");
    assertThat(
            visitorBefore.path("consents_decided_by").path("messaging").path("event_id").asString())
        .isEqualTo("visitor");
    assertThat(person(account)).isEqualTo(before);
    assertThat(person(other)).isEqualTo(visitorBefore);
    assertThat(historyBefore.path("data").size()).isEqualTo(1);
    assertThat(json("/v1/persons/" + PersonIds.of(account) + "/consents")).isEqualTo(historyBefore);
  }

  private void tell(TrackedEvent... events) {
    ResolvePersons handler = identity.bean(ResolvePersons.class);
    identity
        .transaction()
        .execute(_ -> handler.handle(new Batch<>(List.of(events), longAgo, false)));
  }

  private TrackedEvent event(
      String id, int minute, List<Identifier> identifiers, Map<Purpose, Boolean> stated) {
    return new TrackedEvent(
        story,
        id,
        "Something",
        longAgo.plus(Duration.ofMinutes(minute)),
        longAgo.plus(Duration.ofHours(1)),
        ActionSource.WEBSITE,
        null,
        identifiers,
        new ConsentStatement(
            stated, Map.of(Purpose.ADS, true), ConsentForm.CATEGORY_PREFERENCES, null),
        null,
        null,
        null,
        Map.of());
  }

  private JsonNode person(Identifier identifier) {
    return json("/v1/persons/" + PersonIds.of(identifier));
  }

  private JsonNode json(String path) {
    var answer = identity.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return EventJson.MAPPER.readTree(answer.body());
  }
}
