package io.rebound.capisync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.ActionSource;
import io.rebound.events.ConsentChanged;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Consents;
import io.rebound.events.EventJson;
import io.rebound.events.EventKey;
import io.rebound.events.EventMoved;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.MatchKeys;
import io.rebound.events.Message;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import io.rebound.events.SealedWithEvent;
import io.rebound.events.SegmentMembership;
import io.rebound.events.Topic;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.localservers.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every way from here to Meta, tried by people of whom no yes is known. Each time somebody who
 * allows it goes after them on the same way, so what didn't arrive isn't merely late.
 */
class NothingWithoutConsentTest {
  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final SimulatedMeta meta = capiSync.meta();
  private final String order = "order-" + UUID.randomUUID();
  private final String segment = "segment-" + UUID.randomUUID();
  private final String email = UUID.randomUUID() + "@shop.example";
  private final UUID person = UUID.randomUUID();

  @AfterEach
  void nothingFails() {
    meta.faults();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null", // no statement at all
        "{}",
        "{'profiling':true,'messaging':true,'revision':7}",
        "{'ads':null,'profiling':true,'messaging':true,'revision':7}",
        "{'ads':'maybe','profiling':true,'messaging':true,'revision':7}",
        "{'ads':false,'profiling':true,'messaging':true,'revision':0}",
        "{'ads':false,'profiling':true,'messaging':true,'revision':7}",
        "'yes'",
      })
  void an_event_without_a_readable_yes_is_not_sent(String consents) {
    ObjectNode event = tree(event(person, 1, new Consents(true, true, true, 7)));
    if (consents.equals("null")) {
      event.remove("consents");
    } else {
      event.set("consents", EventJson.MAPPER.readTree(consents.replace('\'', '"')));
    }
    send(Topics.IDENTIFIED_EVENTS, person, event);

    afterSomebodyWhoAllowsIt();
    assertThat(meta.deliveries(order)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{'profiling':true,'messaging':true,'revision':7}",
        "{'ads':null,'profiling':true,'messaging':true,'revision':7}",
        "{'ads':'maybe','profiling':true,'messaging':true,'revision':7}",
        "{'ads':false,'profiling':true,'messaging':true,'revision':0}",
        "{'ads':false,'profiling':true,'messaging':true,'revision':7}",
      })
  void a_member_whose_profile_holds_no_readable_yes_is_not_added(String consents) {
    ObjectNode profile = tree(profile(person, 1, new Consents(true, true, true, 7)));
    if (consents.equals("null")) {
      profile.remove("consents");
    } else {
      profile.set("consents", EventJson.MAPPER.readTree(consents.replace('\'', '"')));
    }
    send(Topics.PROFILES, person, profile);
    joins(person);

    audienceHoldsOnlyWhoAllowsIt();
  }

  @Test
  void a_member_whose_profile_cannot_be_read_is_not_added() {
    send(Topics.PROFILES, person, EventJson.MAPPER.createObjectNode().put("person_id", "nobody"));
    joins(person);

    audienceHoldsOnlyWhoAllowsIt();
  }

  @Test
  void a_member_of_whom_only_an_event_with_an_assumed_yes_is_known_is_not_added() {
    capiSync.publish(
        Topics.IDENTIFIED_EVENTS,
        person.toString(),
        event(person, 1, new Consents(true, true, true, 0)));
    joins(person);

    audienceHoldsOnlyWhoAllowsIt();
  }

  @Test
  void a_yes_of_an_older_revision_is_none() {
    tell(person, 9, false);
    capiSync.publish(
        Topics.IDENTIFIED_EVENTS,
        person.toString(),
        event(person, 1, new Consents(true, true, true, 8)));
    capiSync.publish(
        Topics.PROFILES, person.toString(), profile(person, 5, new Consents(true, true, true, 8)));
    joins(person);

    afterSomebodyWhoAllowsIt();
    assertThat(meta.deliveries(order)).isZero();
    audienceHoldsOnlyWhoAllowsIt();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7,7"})
  void of_a_yes_and_a_no_of_the_same_revision_the_no_holds(long yes, long no) {
    capiSync.publish(
        Topics.PROFILES,
        person.toString(),
        profile(person, 6, new Consents(false, true, true, no)));
    capiSync.publish(
        Topics.PROFILES,
        person.toString(),
        profile(person, 5, new Consents(true, true, true, yes)));
    joins(person);

    audienceHoldsOnlyWhoAllowsIt();
  }

  @Test
  void whom_a_refuser_was_merged_into_refuses() {
    UUID survivor = UUID.randomUUID();
    tell(person, 9, false);
    capiSync.publish(
        Topics.PROFILES,
        survivor.toString(),
        profile(survivor, 1, new Consents(true, true, true, 8)));
    var merged = new PersonsMerged(person, survivor, 1, Instant.now());
    capiSync.publish(Topics.IDENTIFIED_EVENTS, person.toString(), merged);
    capiSync.publish(Topics.IDENTIFIED_EVENTS, survivor.toString(), merged);
    joins(survivor);
    capiSync.publish(
        Topics.IDENTIFIED_EVENTS,
        person.toString(),
        event(person, 1, new Consents(true, true, true, 8)));

    afterSomebodyWhoAllowsIt();
    assertThat(meta.deliveries(order)).isZero();
    audienceHoldsOnlyWhoAllowsIt();
  }

  @Test
  void a_visitors_newer_yes_is_not_that_of_whom_the_event_is_moved_to() {
    UUID visitor = UUID.randomUUID();
    tell(person, 8, false);
    meta.faults("{\"path\":\"/events$\",\"status\":503}"); // it waits while it is moved
    capiSync.publish(
        Topics.IDENTIFIED_EVENTS,
        visitor.toString(),
        event(visitor, 1, new Consents(true, true, true, 9)));
    await().until(() -> capiSync.delivery(order).path("attempts").size() > 0);
    var moved = new EventMoved("shop", order, visitor, person, 2, Instant.now());
    capiSync.publish(Topics.IDENTIFIED_EVENTS, visitor.toString(), moved);
    capiSync.publish(Topics.IDENTIFIED_EVENTS, person.toString(), moved);
    await()
        .untilAsserted(() ->
            assertThat(capiSync.delivery(order).path("person_id").asString())
                .isEqualTo(person.toString()));
    meta.faults();

    await()
        .untilAsserted(() ->
            assertThat(capiSync.delivery(order).path("state").asString()).isEqualTo("withheld"));
    assertThat(meta.deliveries(order)).isZero();
  }

  @Test
  void an_event_that_comes_with_its_move_goes_by_the_owners_no() {
    UUID visitor = UUID.randomUUID();
    tell(person, 8, false);
    var moved = new EventMoved("shop", order, visitor, person, 2, Instant.now());
    capiSync.publish(Topics.IDENTIFIED_EVENTS, person.toString(), moved);
    capiSync.publish(
        Topics.IDENTIFIED_EVENTS,
        person.toString(),
        event(person, 2, new Consents(true, true, true, 7)));
    tell(person, 10, false);

    afterSomebodyWhoAllowsIt();
    assertThat(meta.deliveries(order)).isZero();
  }

  /** Enough people to share every partition: what was told before them has been decided. */
  private void afterSomebodyWhoAllowsIt() {
    List<String> orders =
        IntStream.range(0, 12).mapToObj(number -> order + "-after-" + number).toList();
    orders.forEach(id -> new Shopper(capiSync).buys(id));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(orders)
                .allSatisfy(id ->
                    assertThat(capiSync.delivery(id).path("state").asString())
                        .isEqualTo("delivered")));
  }

  private void audienceHoldsOnlyWhoAllowsIt() {
    Shopper allows = new Shopper(capiSync);
    allows.goesBy("allows-" + email);
    allows.joins(segment);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          assertThat(meta.emails(segment)).contains(Shopper.sha256("allows-" + email));
          assertThat(capiSync.audience(segment).path("pending").asInt(-1)).isZero();
        });
    assertThat(meta.emails(segment)).containsExactly(Shopper.sha256("allows-" + email));
  }

  private void joins(UUID member) {
    capiSync.publish(
        Topics.SEGMENT_MEMBERSHIPS,
        member.toString(),
        new SegmentMembership(member, segment, true, true, 1, Instant.now()));
  }

  private void tell(UUID whose, long revision, boolean allows) {
    capiSync.publish(
        Topics.IDENTIFIED_EVENTS,
        whose.toString(),
        new ConsentChanged(whose, new Consents(allows, true, true, revision), Instant.now()));
  }

  private Profile profile(UUID whose, long revision, Consents consents) {
    var key = new EventKey("shop", "of " + email);
    var keys =
        new SealedWithEvent(
            key.source(),
            key.eventId(),
            Instant.now(),
            capiSync
                .sealer()
                .seal(new MatchKeys(Map.of("em", List.of(Shopper.sha256(email)))), key));
    return new Profile(
        whose, revision, Instant.now(), null, List.of(), List.of(), List.of(keys), null, consents);
  }

  private IdentifiedEvent event(UUID whose, long revision, Consents consents) {
    var key = new EventKey("shop", order);
    return new IdentifiedEvent(
        whose,
        revision,
        consents,
        new TrackedEvent(
            key.source(),
            key.eventId(),
            "Purchase",
            Instant.now(),
            Instant.now(),
            ActionSource.WEBSITE,
            "https://shop.example/checkout",
            List.of(),
            ConsentStatement.none(),
            capiSync
                .sealer()
                .seal(new MatchKeys(Map.of("em", List.of(Shopper.sha256(email)))), key),
            capiSync
                .sealer()
                .seal(new MatchKeys(Map.of("client_ip_address", List.of("192.0.2.7"))), key),
            null,
            Map.of("currency", "EUR", "value", 29.9)));
  }

  private static ObjectNode tree(Message message) {
    // through the topic's type, which writes what kind of message it is
    return (ObjectNode) EventJson.MAPPER.readTree(EventJson.MAPPER.writeValueAsString(message));
  }

  private static void send(Topic<?> topic, UUID key, ObjectNode value) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", TestServers.kafkaBootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic.name(), key.toString(), value.toString())).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
