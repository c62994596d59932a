package io.rebound.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.consumption.Publisher;
import io.rebound.events.ActionSource;
import io.rebound.events.ConsentStatement;
import io.rebound.events.EventJson;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.PersonEvent;
import io.rebound.events.Profile;
import io.rebound.events.Purpose;
import io.rebound.events.Sealed;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.localservers.TestServers;
import io.rebound.matchkeys.IdentifierHashes;
import io.rebound.matchkeys.Locality;
import io.rebound.pseudonyms.Pseudonyms;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From Kafka to Kafka, and the doors. */
class IdentityServiceTest {
  private final RunningIdentity identity = RunningIdentity.get();
  private final String account = "account-" + UUID.randomUUID();
  private final String address = UUID.randomUUID() + "@shop.example";

  @Test
  void an_event_comes_out_with_its_person_and_the_person_can_be_looked_up() throws Exception {
    String eventId = UUID.randomUUID().toString();
    publish(
        event(
            eventId,
            List.of(
                identifier(IdentifierType.EXTERNAL_ID, account),
                identifier(IdentifierType.EMAIL, address)),
            Map.of(Purpose.MESSAGING, true)));

    IdentifiedEvent event = identified(eventId);
    assertThat(event.consents().messaging()).isTrue();
    assertThat(event.consents().ads()).isTrue(); // what the source assumes
    assertThat(event.consents().revision()).isPositive();
    Profile profile = profile(event.personId());
    assertThat(profile.identifiers()).hasSize(2);
    assertThat(profile.matchKeys()).hasSize(1);
    JsonNode byEmail = found(identity.get("/v1/persons?email=" + address.toUpperCase()));
    assertThat(byEmail.path("person_id").stringValue()).isEqualTo(event.personId().toString());
    assertThat(byEmail.path("identifiers").size()).isEqualTo(2);
    assertThat(byEmail.path("consents").path("messaging").booleanValue()).isTrue();
    assertThat(byEmail.path("merged_from").size()).isEqualTo(1);
    JsonNode byLookup =
        found(
            identity.post(
                "/v1/persons/lookup", "{\"type\":\"external_id\",\"value\":\"" + account + "\"}"));
    assertThat(byLookup).isEqualTo(byEmail);
    String alias = byEmail.path("merged_from").get(0).stringValue();
    assertThat(found(identity.get("/v1/persons/" + alias))).isEqualTo(byEmail);
  }

  @Test
  void merges_and_consents_of_a_batch_are_a_link_each_without_saying_whose() throws Exception {
    String started = Instant.now().toString();
    String eventId = UUID.randomUUID().toString();
    publish(
        event(
            eventId,
            List.of(
                identifier(IdentifierType.EXTERNAL_ID, account),
                identifier(IdentifierType.EMAIL, address)),
            Map.of(Purpose.MESSAGING, true, Purpose.ADS, false)));
    UUID person = identified(eventId).personId();

    JsonNode merge = newest("persons.merged", started);
    assertThat(merge.path("details").path("absorbed").stringValue()).isEqualTo("1");
    assertThat(merge.path("actor").stringValue()).isEqualTo("system");
    assertThat(merge.path("ground").stringValue()).isEqualTo("correction");
    JsonNode consents = newest("consents.changed", started);
    assertThat(consents.path("details").path("messaging_yes").stringValue()).isEqualTo("1");
    assertThat(consents.path("details").path("ads_no").stringValue()).isEqualTo("1");
    assertThat(consents.path("ground").stringValue()).isEqualTo("consent");
    assertThat(merge.toString() + consents).doesNotContain(person.toString());
  }

  private JsonNode newest(String action, String from) {
    return found(identity.get("/v1/audit?limit=1&action=" + action + "&from=" + from))
        .path("data")
        .path(0);
  }

  @Test
  void a_telephone_number_is_found_in_every_way_of_writing_it() throws Exception {
    String number = "+49151" + (10_000_000 + Math.abs(account.hashCode() % 80_000_000));
    String eventId = UUID.randomUUID().toString();
    publish(event(eventId, List.of(identifier(IdentifierType.PHONE, number)), Map.of()));
    String person = identified(eventId).personId().toString();

    for (String written :
        List.of(
            number.replace("+", "%2B"),
            number, // a plus sign that nobody escaped
            "0" + number.substring(3),
            number.replace("+", "00"))) {
      assertThat(
              found(identity.get("/v1/persons?phone=" + written)).path("person_id").stringValue())
          .as(written)
          .isEqualTo(person);
    }
  }

  @Test
  void what_is_asked_wrong_is_answered_with_the_field() {
    assertThat(identity.get("/v1/persons?email=nobody@shop.example").statusCode()).isEqualTo(404);
    assertThat(identity.get("/v1/persons").statusCode()).isEqualTo(400);
    HttpResponse<String> unknown = identity.get("/v1/persons?shoe_size=43");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("external_id");
    assertThat(identity.get("/v1/persons/no-uuid").statusCode()).isEqualTo(400);
    HttpResponse<String> missing = identity.post("/v1/persons/lookup", "{\"type\":\"email\"}");
    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(missing.body()).contains("\"field\":\"value\"");
    assertThat(identity.get("/v1/persons/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
  }

  @Test
  void an_event_that_nobody_can_read_goes_to_the_dead_letters_and_the_rest_goes_on() {
    String bad = UUID.randomUUID().toString();
    String good = UUID.randomUUID().toString();
    publish(event(bad, List.of(), Map.of())); // belongs to nobody
    publish(event(good, List.of(identifier(IdentifierType.EXTERNAL_ID, account)), Map.of()));

    identified(good);
    await()
        .untilAsserted(() ->
            assertThat(identity.get("/v1/dead-letters?limit=1000").body())
                .contains("IllegalArgumentException at Sighting.java"));
  }

  @Test
  void what_is_going_on_can_be_measured() {
    await()
        .untilAsserted(() ->
            assertThat(identity.get("/actuator/prometheus").body())
                .contains(
                    "rebound_identity_repeats_total",
                    "rebound_identity_merges_total",
                    "rebound_identity_moved_events_total",
                    "rebound_identity_consumer_lag_records"));
  }

  private static JsonNode found(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return EventJson.MAPPER.readTree(response.body());
  }

  private Identifier identifier(IdentifierType type, String raw) {
    String hash = IdentifierHashes.of(type, raw, Locality.unknown()).getFirst();
    return new Identifier(type, identity.bean(Pseudonyms.class).of(type, hash));
  }

  private void publish(TrackedEvent event) {
    identity.bean(Publisher.class).publish(Topics.EVENTS, event.eventId(), event).join();
  }

  private static TrackedEvent event(
      String id, List<Identifier> identifiers, Map<Purpose, Boolean> stated) {
    return new TrackedEvent(
        "shop",
        id,
        "Lead",
        Instant.now(),
        Instant.now(),
        ActionSource.WEBSITE,
        null,
        identifiers,
        new ConsentStatement(stated, Map.of(Purpose.ADS, true)),
        new Sealed("key", "box"),
        null,
        null,
        Map.of());
  }

  private static IdentifiedEvent identified(String eventId) {
    return read(Topics.IDENTIFIED_EVENTS.name(), PersonEvent.class).stream()
        .filter(IdentifiedEvent.class::isInstance)
        .map(IdentifiedEvent.class::cast)
        .filter(event -> event.key().eventId().equals(eventId))
        .findFirst()
        .orElseGet(() -> identified(eventId));
  }

  private static Profile profile(UUID person) {
    List<Profile> profiles = new ArrayList<>();
    await()
        .until(() -> {
          read(Topics.PROFILES.name(), Profile.class).stream()
              .filter(profile -> profile.personId().equals(person))
              .forEach(profiles::add);
          return !profiles.isEmpty();
        });
    return profiles.getLast();
  }

  /** Everything the topic holds now; waits a while for something to come. */
  private static <T> List<T> read(String topic, Class<T> type) {
    var settings = new Properties();
    settings.put("bootstrap.servers", TestServers.kafkaBootstrap());
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var values = new ArrayList<T>();
      int empty = 0;
      while (empty < 3) {
        var polled = consumer.poll(Duration.ofMillis(200));
        empty = polled.isEmpty() ? empty + 1 : 0;
        polled.forEach(record -> {
          if (record.value() != null) { // else a tombstone
            values.add(EventJson.MAPPER.readValue(record.value(), type));
          }
        });
      }
      return values;
    }
  }
}
