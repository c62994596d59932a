package io.rebound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.ConsentChanged;
import io.rebound.events.Consents;
import io.rebound.events.EventJson;
import io.rebound.events.EventMoved;
import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.MessageIntent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.PrivacyType;
import io.rebound.events.Topics;
import io.rebound.localservers.DatabaseDump;
import io.rebound.localservers.TestServers;
import io.rebound.localservers.TopicDump;
import io.rebound.privacy.SealedExport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person asks for a copy of their data, or that all of it goes. */
class ErasureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AtomicInteger PHONES = new AtomicInteger(5000);
  private final RunningWhatsapp whatsapp = RunningWhatsapp.get();
  private final UUID request = UUID.randomUUID();
  private final UUID person = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();
  private final String number = "491511239" + PHONES.incrementAndGet();
  private final String otherNumber = "491511239" + PHONES.incrementAndGet();
  private final String unique = UUID.randomUUID().toString();

  @BeforeEach
  void remindersAreSetUp() {
    reminder("cart-reminder", "AddToCart", "1s");
    reminder("late-reminder", "Search", "1d");
  }

  @Test
  void after_an_erasure_nothing_is_left_and_nothing_late_comes_back() {
    UUID former = UUID.randomUUID();
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.person(other, "+" + otherNumber, "Bea", true);
    tell(former, new PersonsMerged(former, person, 1, Instant.now()));
    whatsapp.event(person, "cart-" + unique, "AddToCart", Instant.now());
    whatsapp.event(person, "search-" + unique, "Search", Instant.now());
    whatsapp.event(other, "her-search-" + unique, "Search", Instant.now());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(whatsapp.sentTo(number)).hasSize(1);
          assertThat(tablesWith("search-" + unique)).contains("timer", "recent_event");
          assertThat(tablesWith("her-search-" + unique)).contains("timer", "recent_event");
        });

    asksFor(PrivacyType.ERASURE, person, former);

    PrivacyReceipt receipt = receipts(1).getFirst();
    assertThat(receipt.counts())
        .containsEntry("messages", 1L)
        .containsEntry("timers", 1L)
        .containsEntry("recent_events", 2L)
        .containsEntry("persons", 2L);
    onlyErased(person, former);

    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.event(person, "late-" + unique, "AddToCart", Instant.now());
    tell(person, new ConsentChanged(person, new Consents(true, true, true, 9), Instant.now()));
    tell(person, new PersonsMerged(person, other, 2, Instant.now()));
    tell(other, new PersonsMerged(person, other, 2, Instant.now()));
    tell(person, new PersonSplit(person, other, 3, Instant.now()));
    whatsapp.publish(
        Topics.MESSAGE_INTENTS,
        person,
        new MessageIntent("of-" + unique + ".1", person, "cart-reminder", Instant.now()));
    tell(person, new EventMoved("shop", "cart-" + unique, person, other, 9, Instant.now()));
    tell(other, new EventMoved("shop", "her-search-" + unique, other, person, 9, Instant.now()));

    whatsapp.event(other, "last-" + unique, "AddToCart", Instant.now());
    await().atMost(PATIENCE).until(() -> whatsapp.sentTo(otherNumber).size() == 1);
    await().atMost(PATIENCE).until(() -> tablesWith("her-search-" + unique).isEmpty());
    onlyErased(person, former);
    assertThat(tablesWith("of-" + unique)).isEmpty();
    assertThat(whatsapp.sentTo(number)).hasSize(1);
  }

  @Test
  void a_copy_holds_their_messages_with_times_and_states() {
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.event(person, "cart-" + unique, "AddToCart", Instant.now());
    await()
        .atMost(PATIENCE)
        .until(() ->
            whatsapp.messagesOf(person).stream()
                .anyMatch(message -> message.path("state").asString().equals("delivered")));

    asksFor(PrivacyType.ACCESS, person);

    JsonNode copy =
        SealedExport.open(
            whatsapp.identity(),
            "whatsapp",
            request,
            receipts(1).stream().map(PrivacyReceipt::export).toList());
    JsonNode message = copy.at("/messages/0");
    assertThat(message.path("template").asString()).isEqualTo("cart_reminder");
    assertThat(message.path("state").asString()).isEqualTo("delivered");
    assertThat(message.path("sent_at").asString()).isNotBlank();
    assertThat(message.path("because_of_event").asString()).isEqualTo("cart-" + unique);
    assertThat(copy.at("/recent_events/0/event_name").asString()).isEqualTo("AddToCart");
    assertThat(copy.at("/persons/0/allows_messages").asBoolean()).isTrue();
    assertThat(copy.toString()).doesNotContain(number);
    assertThat(tablesWith(person.toString())).contains("message", "person");
  }

  private void reminder(String name, String event, String after) {
    assertThat(
            whatsapp
                .put(
                    "/v1/triggers/" + name,
                    """
                    {"event": "%s", "unless": ["Purchase"], "after": "%s", "enabled": true,
                     "template": "cart_reminder", "language": "en", "parameters": ["first_name"]}
                    """
                        .formatted(event, after))
                .statusCode())
        .isIn(200, 201);
  }

  private void tell(UUID key, io.rebound.events.PersonEvent event) {
    whatsapp.publish(Topics.IDENTIFIED_EVENTS, key, event);
  }

  private void asksFor(PrivacyType type, UUID... persons) {
    whatsapp.publish(
        Topics.PRIVACY_REQUESTS,
        request,
        new PrivacyOrder(
            request,
            type,
            List.of(persons),
            List.of(new Identifier(IdentifierType.PHONE, "k1.of-a-test-" + request)),
            Instant.now()));
  }

  private List<PrivacyReceipt> receipts(int count) {
    await().atMost(PATIENCE).until(() -> receipts().size() >= count);
    return receipts();
  }

  private List<PrivacyReceipt> receipts() {
    return TopicDump.values(TestServers.kafkaBootstrap(), "privacy-receipts", request.toString())
        .stream()
        .map(value -> EventJson.MAPPER.readValue(value, PrivacyReceipt.class))
        .toList();
  }

  private void onlyErased(UUID... persons) {
    for (UUID id : persons) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(tablesWith(id.toString())).containsExactly("erased_person"));
    }
  }

  private List<String> tablesWith(String text) {
    return DatabaseDump.tablesWith(whatsapp.database(), text);
  }
}
