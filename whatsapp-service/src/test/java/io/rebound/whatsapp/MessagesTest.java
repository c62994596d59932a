package io.rebound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.events.ConsentChanged;
import io.rebound.events.Consents;
import io.rebound.events.EventMoved;
import io.rebound.events.MessageIntent;
import io.rebound.events.PersonEvent;
import io.rebound.events.PersonSplit;
import io.rebound.events.PersonsMerged;
import io.rebound.events.Topics;
import io.rebound.whatsapp.people.People;
import io.rebound.whatsapp.triggers.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From an event to a message on a telephone, or not. */
class MessagesTest {
  private static final AtomicInteger PHONES = new AtomicInteger(1000);
  private final RunningWhatsapp whatsapp = RunningWhatsapp.get();
  private final UUID person = UUID.randomUUID();
  private final String number = "491511234" + PHONES.incrementAndGet();

  @BeforeEach
  void aCartReminderIsSetUp() {
    assertThat(
            whatsapp
                .put(
                    "/v1/triggers/cart-reminder",
                    """
                    {"event": "AddToCart", "unless": ["Purchase"], "after": "1s", "enabled": true,
                     "template": "cart_reminder", "language": "en", "parameters": ["first_name"]}
                    """)
                .statusCode())
        .isIn(200, 201);
  }

  @AfterEach
  void metaIsWell() {
    whatsapp.sandboxPut("/faults", "[]");
  }

  @Test
  void a_cart_left_behind_sends_one_message_and_learns_that_it_was_delivered() {
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());

    awaitState("delivered");
    assertThat(whatsapp.sentTo(number)).hasSize(1);
    JsonNode message = whatsapp.sentTo(number).getFirst();
    assertThat(message.path("template").asString()).isEqualTo("cart_reminder");
    assertThat(message.path("text").asString()).isEqualTo("Hello Ada, your cart is waiting.");
    JsonNode link = whatsapp.audited("message.sent", person).getFirst();
    assertThat(link.path("ground").asString()).isEqualTo("consent");
    assertThat(link.path("details").path("trigger").asString()).isEqualTo("cart-reminder");
    assertThat(link.path("details").path("outcome").asString()).isEqualTo("done");
    assertThat(link.toString()).doesNotContain(number);
  }

  @Test
  void an_event_that_comes_twice_sends_one_message() {
    whatsapp.person(person, "+" + number, "Ada", true);
    Instant at = Instant.now();
    whatsapp.event(person, "cart-" + person, "AddToCart", at);
    awaitState("delivered");

    whatsapp.event(person, "cart-" + person, "AddToCart", at);
    whatsapp.person(UUID.randomUUID(), "+491510000000", "Marker", true);

    awaitQuiet();
    assertThat(whatsapp.sentTo(number)).hasSize(1);
  }

  @Test
  void a_cart_that_was_bought_sends_nothing_even_if_the_purchase_comes_first() {
    whatsapp.person(person, "+" + number, "Ada", true);
    Instant at = Instant.now();
    whatsapp.event(person, "order-" + person, "Purchase", at.plusMillis(10));
    whatsapp.event(person, "cart-" + person, "AddToCart", at);

    awaitQuiet();
    assertThat(whatsapp.sentTo(number)).isEmpty();
    assertThat(whatsapp.messagesOf(person)).isEmpty();
  }

  @Test
  void only_the_last_of_several_carts_sends() {
    whatsapp.person(person, "+" + number, "Ada", true);
    Instant at = Instant.now();
    whatsapp.event(person, "cart-a-" + person, "AddToCart", at);
    whatsapp.event(person, "cart-b-" + person, "AddToCart", at.plusMillis(200));

    awaitState("delivered");
    awaitQuiet();
    assertThat(whatsapp.sentTo(number)).hasSize(1);
  }

  @Test
  void a_person_who_does_not_allow_messages_gets_none() {
    whatsapp.person(person, "+" + number, "Ada", false);
    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());

    JsonNode message = awaitState("withheld");
    assertThat(message.path("reason").asString()).contains("doesn't allow");
    assertThat(whatsapp.sentTo(number)).isEmpty();
    assertThat(whatsapp.audited("message.sent", person)).isEmpty();
  }

  @Test
  void a_withdrawal_of_whom_they_were_merged_into_counts() {
    UUID survivor = UUID.randomUUID();
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.person(survivor, "+" + number, "Ada", true);
    whatsapp.publish(
        Topics.IDENTIFIED_EVENTS, person, new PersonsMerged(person, survivor, 1, Instant.now()));
    whatsapp.publish(
        Topics.IDENTIFIED_EVENTS,
        survivor,
        new ConsentChanged(survivor, new Consents(true, true, false, 7), Instant.now()));
    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());

    await()
        .untilAsserted(() ->
            assertThat(whatsapp.messagesOf(survivor))
                .singleElement()
                .satisfies(
                    message -> assertThat(message.path("state").asString()).isEqualTo("withheld")));
    assertThat(whatsapp.sentTo(number)).isEmpty();
  }

  @Test
  void what_somebody_bought_under_another_of_their_ids_settles_their_cart() {
    UUID survivor = UUID.randomUUID();
    Instant later = cartOfOneAndPurchaseOf(survivor);
    publishToBoth(new PersonsMerged(person, survivor, 1, Instant.now()), person, survivor);
    awaitOnePerson(survivor);

    whatsapp.bean(Timers.class).goOff(later, 1000);

    assertThat(whatsapp.messagesOf(person)).isEmpty();
    assertThat(whatsapp.messagesOf(survivor)).isEmpty();
  }

  @Test
  void what_another_bought_settles_nothing_for_who_was_split_off() {
    UUID survivor = UUID.randomUUID();
    publishToBoth(new PersonsMerged(person, survivor, 1, Instant.now()), person, survivor);
    Instant later = cartOfOneAndPurchaseOf(survivor);
    awaitOnePerson(survivor);
    publishToBoth(new PersonSplit(person, survivor, 2, Instant.now()), person, survivor);
    awaitOnePerson(person);

    whatsapp.bean(Timers.class).goOff(later, 1000);

    assertThat(whatsapp.messagesOf(person)).hasSize(1);
    assertThat(whatsapp.messagesOf(survivor)).isEmpty();
  }

  /** In an hour, which doesn't come by itself; the moment after. */
  private Instant cartOfOneAndPurchaseOf(UUID other) {
    Instant at = Instant.now().plus(Duration.ofHours(1));
    whatsapp.event(person, "cart-" + person, "AddToCart", at);
    whatsapp.event(other, "order-" + person, "Purchase", at.plusMillis(5));
    awaitEventOf(person, "cart-" + person);
    awaitEventOf(other, "order-" + person);
    return at.plusSeconds(2);
  }

  private void awaitOnePerson(UUID survivor) {
    var people = whatsapp.bean(People.class);
    await()
        .untilAsserted(() -> assertThat(people.recipient(person).survivor()).isEqualTo(survivor));
  }

  @Test
  void a_message_that_waits_goes_to_whom_its_event_has_moved() {
    UUID survivor = UUID.randomUUID();
    String otherNumber = "491517777" + PHONES.incrementAndGet();
    whatsapp.sandboxPut("/faults", "[{\"path\": \".*/messages\", \"status\": 503}]");
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.person(survivor, "+" + otherNumber, "Eve", true);
    publishToBoth(new PersonsMerged(person, survivor, 1, Instant.now()), person, survivor);
    whatsapp.event(survivor, "cart-" + person, "AddToCart", Instant.now());
    await().until(() -> whatsapp.sandbox("/faults").path("rules").path(0).path("hits").asInt() > 0);

    publishToBoth(new PersonSplit(person, survivor, 2, Instant.now()), person, survivor);
    var moved = new EventMoved("shop", "cart-" + person, survivor, person, 2, Instant.now());
    publishToBoth(moved, survivor, person);
    awaitEventOf(person, "cart-" + person);
    whatsapp.sandboxPut("/faults", "[]");

    awaitState("delivered");
    assertThat(whatsapp.sentTo(number)).hasSize(1);
    assertThat(whatsapp.sentTo(otherNumber)).isEmpty();
  }

  private void publishToBoth(PersonEvent event, UUID one, UUID other) {
    whatsapp.publish(Topics.IDENTIFIED_EVENTS, one, event);
    whatsapp.publish(Topics.IDENTIFIED_EVENTS, other, event);
  }

  private void awaitEventOf(UUID owner, String eventId) {
    var timers = whatsapp.bean(Timers.class);
    await().untilAsserted(() -> assertThat(timers.whose("shop", eventId)).contains(owner));
  }

  @Test
  void an_event_that_was_moved_to_a_buyer_sends_nothing() {
    UUID buyer = UUID.randomUUID();
    Instant at = Instant.now();
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.person(buyer, "+" + number, "Ada", true);
    whatsapp.event(buyer, "order-" + buyer, "Purchase", at.plusMillis(5));
    var moved = new EventMoved("shop", "cart-" + person, person, buyer, 2, at);
    whatsapp.publish(Topics.IDENTIFIED_EVENTS, buyer, moved);
    whatsapp.event(person, "cart-" + person, "AddToCart", at);
    whatsapp.publish(Topics.IDENTIFIED_EVENTS, person, moved);

    awaitQuiet();
    assertThat(whatsapp.sentTo(number)).isEmpty();
  }

  @Test
  void old_events_that_are_imported_send_nothing() {
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.event(
        person, "cart-" + person, "AddToCart", Instant.now().minus(Duration.ofHours(25)));

    awaitQuiet();
    assertThat(whatsapp.messagesOf(person)).isEmpty();
  }

  @Test
  void a_call_that_fails_at_meta_is_tried_again() {
    whatsapp.sandboxPut("/faults", "[{\"path\": \".*/messages\", \"times\": 1, \"status\": 503}]");
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());

    JsonNode message = awaitState("delivered");
    assertThat(message.path("attempts").asInt()).isEqualTo(2);
    assertThat(whatsapp.sentTo(number)).hasSize(1);
  }

  @Test
  void a_message_waits_for_a_new_token_and_goes_out_once() {
    whatsapp.sandboxPut(
        "/faults",
        """
        [{"path": ".*/messages", "status": 401, "error": {"code": 190, "error_subcode": 460}}]
        """);
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());
    await().until(() -> whatsapp.sandbox("/faults").path("rules").path(0).path("hits").asInt() > 0);
    awaitState("due");

    whatsapp.sandboxPut("/faults", "[]");
    assertThat(whatsapp.put("/v1/tokens/default", RunningWhatsapp.TOKEN_AS_IT_IS).statusCode())
        .isEqualTo(204);

    awaitState("delivered");
    assertThat(whatsapp.sentTo(number)).hasSize(1);
  }

  @Test
  void a_call_without_an_answer_is_never_repeated_and_settled_by_the_webhook() {
    whatsapp.sandboxPut(
        "/faults",
        "[{\"path\": \".*/messages\", \"times\": 1, \"reset\": true, \"after_effect\": true}]");
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());

    JsonNode message = awaitState("delivered");
    assertThat(message.path("attempts").asInt()).isEqualTo(1);
    assertThat(whatsapp.sentTo(number)).hasSize(1);
  }

  @Test
  void a_message_that_was_foretold_before_the_database_was_restored_is_never_sent()
      throws Exception {
    String id =
        java.util.HexFormat.of()
            .formatHex(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest(("cart-reminder|shop|cart-" + person).getBytes("UTF-8")));
    whatsapp.publish(
        Topics.MESSAGE_INTENTS,
        person,
        new MessageIntent(id + ".1", person, "cart-reminder", Instant.now()));
    awaitState("unknown");
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());

    awaitQuiet();
    assertThat(whatsapp.sentTo(number)).isEmpty();
    assertThat(whatsapp.messagesOf(person))
        .singleElement()
        .satisfies(message -> assertThat(message.path("state").asString()).isEqualTo("unknown"));
  }

  @Test
  void a_template_that_meta_does_not_have_is_refused_with_its_code() {
    whatsapp.put(
        "/v1/triggers/wishlist",
        """
        {"event": "AddToWishlist", "after": "1s", "template": "no_such_template", "language": "en"}
        """);
    whatsapp.person(person, "+" + number, "Ada", true);
    whatsapp.event(person, "wish-" + person, "AddToWishlist", Instant.now());

    JsonNode message = awaitState("refused");
    assertThat(message.path("reason").asString()).contains("132001");
  }

  @Test
  void no_door_or_metric_shows_a_number_or_a_name() {
    whatsapp.person(person, "+" + number, "Xanthippe", true);
    whatsapp.event(person, "cart-" + person, "AddToCart", Instant.now());
    awaitState("delivered");

    assertThat(whatsapp.get("/v1/messages?limit=1000").body()).doesNotContain(number, "Xanthippe");
    assertThat(whatsapp.get("/actuator/prometheus").body())
        .doesNotContain(number, "Xanthippe")
        .contains("rebound_whatsapp_messages_total", "rebound_whatsapp_messages_due");
  }

  private JsonNode awaitState(String state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(whatsapp.messagesOf(person))
                .singleElement()
                .satisfies(
                    message -> assertThat(message.path("state").asString()).isEqualTo(state)));
    return whatsapp.messagesOf(person).getFirst();
  }

  /** Until a later cart of somebody else has been dealt with, which came after all this. */
  private void awaitQuiet() {
    UUID marker = UUID.randomUUID();
    String markerNumber = "491519999" + PHONES.incrementAndGet();
    whatsapp.person(marker, "+" + markerNumber, "Marker", true);
    whatsapp.event(marker, "cart-" + marker, "AddToCart", Instant.now().plusMillis(300));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(whatsapp.sentTo(markerNumber)).hasSize(1));
  }
}
