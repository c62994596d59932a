package io.rebound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.ConsentChanged;
import io.rebound.events.ConsentStatement;
import io.rebound.events.Consents;
import io.rebound.events.EventJson;
import io.rebound.events.IdentifiedEvent;
import io.rebound.events.IdentifierType;
import io.rebound.events.KeptBack;
import io.rebound.events.Purpose;
import io.rebound.events.Topics;
import io.rebound.events.TrackedEvent;
import io.rebound.localservers.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who says stop is left alone at once, and identity is told. */
class ChoicesTest {
  private static final AtomicInteger PHONES = new AtomicInteger(1000);
  private final RunningWhatsapp whatsapp = RunningWhatsapp.get();
  private final UUID person = UUID.randomUUID();
  private final String number = "491521234" + PHONES.incrementAndGet();

  @BeforeEach
  void aCartReminderIsSetUp() {
    whatsapp.put(
        "/v1/triggers/cart-reminder",
        """
        {"event": "AddToCart", "unless": ["Purchase"], "after": "1s", "enabled": true,
         "template": "cart_reminder", "language": "en", "parameters": ["first_name"]}
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        " stop. ",
        "Désabonner!",
        "DESABONNER",
        "Keine  Werbung",
        "отписаться",
        "退订"
      })
  void a_stop_word_that_is_the_whole_message_refuses_messages(String text) {
    act("{\"from\":\"+%s\",\"text\":\"%s\"}".formatted(number, text));

    TrackedEvent event = told();
    assertThat(event.name()).isEqualTo("MessageReceived");
    assertThat(event.consent().stated()).isEqualTo(Map.of(Purpose.MESSAGING, false));
    assertThat(event.consent().proof().method()).isEqualTo("whatsapp-message");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Please don't stop", "I want to cancel my order", "Stopfen", "START", "👍"})
  void anything_else_states_nothing(String text) {
    act("{\"from\":\"+%s\",\"text\":\"%s\"}".formatted(number, text));

    assertThat(told().consent()).isEqualTo(ConsentStatement.none());
  }

  @Test
  void the_stop_of_metas_own_button_refuses_and_resume_allows() {
    act("{\"from\":\"+%s\",\"type\":\"stop\"}".formatted(number));

    TrackedEvent event = told();
    assertThat(event.name()).isEqualTo("Consent Stated");
    assertThat(event.keptBack()).isEqualTo(KeptBack.STATEMENT);
    assertThat(event.consent().stated()).isEqualTo(Map.of(Purpose.MESSAGING, false));
    assertThat(event.consent().proof().method()).isEqualTo("whatsapp-preference");
    assertThat(event.identifiers())
        .extracting(identifier -> identifier.type())
        .contains(IdentifierType.PHONE, IdentifierType.WA_USER_ID);
    assertThat(EventJson.MAPPER.writeValueAsString(event)).doesNotContain(number);

    act("{\"from\":\"+%s\",\"type\":\"resume\"}".formatted(number));

    assertThat(told().consent().stated()).isEqualTo(Map.of(Purpose.MESSAGING, true));
  }

  @Test
  void from_the_moment_of_the_stop_nothing_is_sent_whatever_identity_says_late() {
    whatsapp.person(person, "+" + number, "Ada", true);
    act("{\"from\":\"+%s\",\"text\":\"Stop\"}".formatted(number));
    told(); // the webhook was answered; nobody plays identity here, so the yes still stands

    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());

    assertThat(settled().path("reason").asString()).isEqualTo("the person said stop");
    assertThat(whatsapp.sentTo(number)).isEmpty();
  }

  @Test
  void a_yes_that_identity_decides_after_the_stop_counts() {
    whatsapp.person(person, "+" + number, "Ada", true);
    act("{\"from\":\"+%s\",\"text\":\"Stop\"}".formatted(number));
    told();
    whatsapp.publish(
        Topics.IDENTIFIED_EVENTS,
        person,
        new ConsentChanged(
            person, new Consents(true, true, true, micros(Instant.now())), Instant.now()));

    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());

    await().untilAsserted(() -> assertThat(whatsapp.sentTo(number)).hasSize(1));
  }

  @Test
  void a_stop_that_identity_finds_older_than_a_yes_ends_when_it_says_so() {
    whatsapp.person(person, "+" + number, "Ada", true);
    act("{\"from\":\"+%s\",\"text\":\"Stop\"}".formatted(number));
    whatsapp.publish(
        Topics.IDENTIFIED_EVENTS,
        person,
        new IdentifiedEvent(person, 0, new Consents(true, true, true, 1), told()));

    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());

    await().untilAsserted(() -> assertThat(whatsapp.sentTo(number)).hasSize(1));
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private void act(String act) {
    whatsapp.sandboxPost("/whatsapp/inbound", act);
  }

  private JsonNode settled() {
    await()
        .untilAsserted(() ->
            assertThat(whatsapp.messagesOf(person))
                .singleElement()
                .satisfies(
                    message -> assertThat(message.path("state").asString()).isEqualTo("withheld")));
    return whatsapp.messagesOf(person).getFirst();
  }

  private final java.util.Set<String> seen = new java.util.HashSet<>();

  /** The next event about the number that Kafka gets. */
  private TrackedEvent told() {
    String pseudonym = whatsapp.pseudonymOf("+" + number);
    TrackedEvent event =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> newest(pseudonym), found -> found != null);
    seen.add(event.eventId());
    return event;
  }

  private @Nullable TrackedEvent newest(String pseudonym) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", TestServers.kafkaBootstrap()),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor("events").stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      TrackedEvent found = null;
      for (var records = consumer.poll(Duration.ofSeconds(1));
          !records.isEmpty();
          records = consumer.poll(Duration.ofMillis(200))) {
        found =
            StreamSupport.stream(records.spliterator(), false)
                .filter(record -> pseudonym.equals(record.key()))
                .map(record -> EventJson.MAPPER.readValue(record.value(), TrackedEvent.class))
                .filter(event -> !seen.contains(event.eventId()))
                .findFirst()
                .orElse(found);
      }
      return found;
    }
  }
}
