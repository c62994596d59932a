package io.rebound.identity.consents;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.consumption.Batch;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentForm;
import io.rebound.events.ConsentProof;
import io.rebound.events.ConsentStatement;
import io.rebound.events.EventJson;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.RunningIdentity;
import io.rebound.identity.graph.ResolvePersons;
import io.rebound.identity.sightings.PersonIds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What holds is a function of what was stated, never of the order it came in; and all of it is
 * kept.
 */
class StatementsAnyOrderTest {
  private final RunningIdentity identity = RunningIdentity.get();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final String story = UUID.randomUUID().toString();

  static LongStream seeds() {
    return LongStream.range(1, 26);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_latest_statement_decides_and_of_several_at_once_a_no(long seed) {
    var random = new Random(seed);
    List<TrackedEvent> stating = statements(random);
    var events = new ArrayList<>(stating);
    // the account and the e-mail turn out to be one person, who signed in on the device
    events.add(event("link", 0, List.of(account(), email()), Map.of()));
    events.add(event("sign-in", 0, List.of(account(), browser()), Map.of()));
    events.addAll(stating.subList(0, stating.size() / 2)); // and some come twice
    Collections.shuffle(events, random);

    tell(events, random);

    JsonNode person = json("/v1/persons/" + PersonIds.of(account()));
    for (Purpose purpose : Purpose.values()) {
      TrackedEvent decides = deciding(stating, purpose);
      boolean allowed = person.path("consents").path(purpose.wireName()).booleanValue();
      JsonNode why = person.path("consents_decided_by").path(purpose.wireName());
      assertThat(why.path("value").booleanValue()).as("%s", why).isEqualTo(allowed);
      if (decides == null) {
        assertThat(allowed).isTrue(); // what the source assumes
        assertThat(why.path("basis").stringValue()).isEqualTo("assumed");
      } else {
        assertThat(allowed).isEqualTo(decides.consent().stated().get(purpose));
        assertThat(why.path("basis").stringValue()).isEqualTo("stated");
        assertThat(Instant.parse(why.path("at").stringValue())).isEqualTo(decides.at());
        assertThat(why.path("event_id").stringValue()).isEqualTo(decides.eventId());
        assertThat(why.path("source").stringValue()).isEqualTo(decides.source());
        assertThat(why.path("form").stringValue()).isEqualTo("consent_object");
        assertThat(why.path("text_version").stringValue()).isEqualTo("v-" + decides.eventId());
        assertThat(why.path("recorded_by").stringValue()).isEqualTo("desk");
      }
    }
    assertThat(history(person.path("person_id").stringValue()))
        .isEqualTo(
            stating.stream()
                .map(one -> one.eventId() + new TreeMap<>(one.consent().stated()))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
  }

  /** On few moments, so that many statements contradict one another at the same one. */
  private List<TrackedEvent> statements(Random random) {
    var events = new ArrayList<TrackedEvent>();
    List<Identifier> subjects = List.of(account(), email(), browser());
    int count = 1 + random.nextInt(12);
    for (int number = 0; number < count; number++) {
      var stated = new EnumMap<Purpose, Boolean>(Purpose.class);
      while (stated.isEmpty()) {
        for (Purpose purpose : Purpose.values()) {
          if (random.nextInt(3) == 0) {
            stated.put(purpose, random.nextBoolean());
          }
        }
      }
      Identifier subject = subjects.get(random.nextInt(subjects.size()));
      events.add(event("s-" + number, 1 + random.nextInt(3), List.of(subject), stated));
    }
    return events;
  }

  private static @org.jspecify.annotations.Nullable TrackedEvent deciding(
      List<TrackedEvent> stating, Purpose purpose) {
    return stating.stream()
        .filter(one -> one.consent().stated().containsKey(purpose))
        .min(
            Comparator.comparing(TrackedEvent::at)
                .reversed()
                .thenComparing(one -> one.consent().stated().get(purpose))
                .thenComparing(TrackedEvent::eventId))
        .orElse(null);
  }

  private TreeSet<String> history(String person) {
    var statements = new TreeSet<String>();
    String after = "";
    do {
      JsonNode page = json("/v1/persons/" + person + "/consents?limit=3&after=" + after);
      for (JsonNode one : page.path("data")) {
        var stated = new EnumMap<Purpose, Boolean>(Purpose.class);
        one.path("consents")
            .properties()
            .forEach(
                entry -> stated.put(Purpose.of(entry.getKey()), entry.getValue().booleanValue()));
        assertThat(one.path("learned_at").isString()).isTrue();
        assertThat(statements.add(one.path("event_id").stringValue() + stated)).isTrue();
      }
      after = page.path("next").asString("");
    } while (!after.isEmpty());
    return statements;
  }

  private void tell(List<TrackedEvent> events, Random random) {
    ResolvePersons handler = identity.bean(ResolvePersons.class);
    int at = 0;
    while (at < events.size()) {
      List<TrackedEvent> some =
          events.subList(at, Math.min(events.size(), at + 1 + random.nextInt(5)));
      identity.transaction().execute(_ -> handler.handle(new Batch<>(some, now, false)));
      at += some.size();
    }
  }

  private TrackedEvent event(
      String id, int minute, List<Identifier> identifiers, Map<Purpose, Boolean> stated) {
    return new TrackedEvent(
        story,
        id,
        "Something",
        now.minusSeconds(3600).plusSeconds(60L * minute),
        now,
        ActionSource.WEBSITE,
        null,
        identifiers,
        new ConsentStatement(
            stated,
            Map.of(Purpose.ADS, true, Purpose.PROFILING, true, Purpose.MESSAGING, true),
            ConsentForm.CONSENT_OBJECT,
            new ConsentProof("v-" + id, "form", null, "desk")),
        null,
        null,
        null,
        Map.of());
  }

  private Identifier account() {
    return new Identifier(IdentifierType.EXTERNAL_ID, "account " + story);
  }

  private Identifier email() {
    return new Identifier(IdentifierType.EMAIL, "email " + story);
  }

  private Identifier browser() {
    return new Identifier(IdentifierType.ANONYMOUS_ID, "browser " + story);
  }

  private JsonNode json(String path) {
    var answer = identity.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return EventJson.MAPPER.readTree(answer.body());
  }
}
