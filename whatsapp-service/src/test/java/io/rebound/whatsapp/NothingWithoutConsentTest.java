package io.rebound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.ConsentChanged;
import io.rebound.events.Consents;
import io.rebound.events.EventJson;
import io.rebound.events.Message;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Profile;
import io.rebound.events.Sealed;
import io.rebound.events.SealedWithEvent;
import io.rebound.events.Topic;
import io.rebound.events.Topics;
import io.rebound.localservers.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that could make a message go out to somebody of whom no yes is known. Each time
 * somebody who allows it leaves a cart after them, in the same partition: what hasn't gone out when
 * theirs has isn't merely late.
 */
class NothingWithoutConsentTest {
  private static final AtomicInteger PHONES = new AtomicInteger(1000);
  private static final Consents YES = new Consents(true, true, true, 7);

  private final RunningWhatsapp whatsapp = RunningWhatsapp.get();
  private final UUID person = UUID.randomUUID();
  private final String number = "491531234" + PHONES.incrementAndGet();

  @BeforeEach
  void aCartReminderIsSetUp() {
    whatsapp.put(
        "/v1/triggers/cart-reminder",
        """
        {"event": "AddToCart", "unless": ["Purchase"], "after": "1s", "enabled": true,
         "template": "cart_reminder", "language": "en", "parameters": ["first_name"]}
        """);
  }

  @Test
  void who_allows_it_gets_a_message() {
    profile(YES);
    cart(YES);

    await().untilAsserted(() -> assertThat(whatsapp.sentTo(number)).hasSize(1));
  }

  @Test
  void nobody_is_written_to_of_whom_no_profile_has_come() {
    cart(YES);

    nothingIsSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null", // no statement at all
        "{}",
        "{'ads':true,'profiling':true,'revision':7}",
        "{'ads':true,'profiling':true,'messaging':null,'revision':7}",
        "{'ads':true,'profiling':true,'messaging':'maybe','revision':7}",
        "{'ads':true,'profiling':true,'messaging':false,'revision':0}",
        "{'ads':true,'profiling':true,'messaging':false,'revision':7}",
        "'yes'",
      })
  void a_profile_without_a_readable_yes_allows_nothing(String consents) {
    send(Topics.PROFILES, with(whatsapp.profile(person, "+" + number, "Ada", 5, YES), consents));
    cart(new Consents(true, true, true, 0)); // what a source assumes

    nothingIsSent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{'ads':true,'profiling':true,'revision':7}",
        "{'ads':true,'profiling':true,'messaging':null,'revision':7}",
        "{'ads':true,'profiling':true,'messaging':'maybe','revision':7}",
        "{'ads':true,'profiling':true,'messaging':false,'revision':7}",
      })
  void an_event_without_a_readable_yes_sends_nothing(String consents) {
    profile(new Consents(true, true, false, 0));
    send(
        Topics.IDENTIFIED_EVENTS,
        with(
            RunningWhatsapp.identified(person, "cart-" + person, "AddToCart", Instant.now(), YES),
            consents));

    nothingIsSent();
  }

  @Test
  void a_yes_of_an_older_revision_is_none() {
    tell(person, new Consents(true, true, false, 9));
    profile(new Consents(true, true, true, 8));
    cart(new Consents(true, true, true, 8));

    nothingIsSent();
  }

  @Test
  void of_two_assumptions_the_no_holds() {
    cart(new Consents(true, true, true, 0));
    profile(new Consents(true, true, false, 0));

    nothingIsSent();
  }

  @Test
  void whom_a_refuser_was_merged_into_refuses() {
    UUID survivor = UUID.randomUUID();
    tell(person, new Consents(true, true, false, 9));
    whatsapp.publish(
        Topics.PROFILES,
        person,
        whatsapp.profile(survivor, "+" + number, "Ada", 5, new Consents(true, true, true, 8)));
    whatsapp.publish(
        Topics.IDENTIFIED_EVENTS, person, new PersonsMerged(person, survivor, 1, Instant.now()));
    whatsapp.publish(
        Topics.IDENTIFIED_EVENTS,
        person,
        RunningWhatsapp.identified(
            survivor,
            "cart-" + person,
            "AddToCart",
            Instant.now(),
            new Consents(true, true, true, 8)));

    nothingIsSent();
  }

  @Test
  void a_contact_that_cannot_be_opened_is_nobody() {
    Profile readable = whatsapp.profile(person, "+" + number, "Ada", 5, YES);
    SealedWithEvent contact = readable.contact();
    whatsapp.publish(
        Topics.PROFILES,
        person,
        new Profile(
            person,
            5,
            Instant.now(),
            null,
            List.of(),
            List.of(),
            List.of(),
            new SealedWithEvent(
                "shop",
                "another-event",
                Instant.now(),
                new Sealed(contact.sealed().key(), contact.sealed().box())),
            YES));
    cart(YES);

    nothingIsSent();
  }

  private void profile(Consents consents) {
    whatsapp.publish(
        Topics.PROFILES, person, whatsapp.profile(person, "+" + number, "Ada", 5, consents));
  }

  private void cart(Consents consents) {
    whatsapp.publish(
        Topics.IDENTIFIED_EVENTS,
        person,
        RunningWhatsapp.identified(person, "cart-" + person, "AddToCart", Instant.now(), consents));
  }

  private void tell(UUID whose, Consents consents) {
    whatsapp.publish(
        Topics.IDENTIFIED_EVENTS, whose, new ConsentChanged(whose, consents, Instant.now()));
  }

  private void nothingIsSent() {
    UUID allows = UUID.randomUUID();
    String theirs = "491541234" + PHONES.incrementAndGet();
    whatsapp.publish(
        Topics.PROFILES, person, whatsapp.profile(allows, "+" + theirs, "Eva", 5, YES));
    whatsapp.publish(
        Topics.IDENTIFIED_EVENTS,
        person,
        RunningWhatsapp.identified(allows, "cart-" + allows, "AddToCart", Instant.now(), YES));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(whatsapp.sentTo(theirs)).hasSize(1));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(whatsapp.messagesOf(person))
                .allSatisfy(
                    message -> assertThat(message.path("state").asString()).isEqualTo("withheld")));
    assertThat(whatsapp.sentTo(number)).isEmpty();
  }

  private static ObjectNode with(Message message, String consents) {
    ObjectNode json =
        (ObjectNode) EventJson.MAPPER.readTree(EventJson.MAPPER.writeValueAsString(message));
    if (consents.equals("null")) {
      json.remove("consents");
    } else {
      json.set("consents", EventJson.MAPPER.readTree(consents.replace('\'', '"')));
    }
    return json;
  }

  private void send(Topic<?> topic, ObjectNode value) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", TestServers.kafkaBootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic.name(), person.toString(), value.toString())).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
