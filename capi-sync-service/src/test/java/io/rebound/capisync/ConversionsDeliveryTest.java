package io.rebound.capisync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.capisync.Shopper.Told;
import io.rebound.capisync.people.People;
import io.rebound.events.ActionSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of an event on its way to the Conversions API. */
class ConversionsDeliveryTest {
  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final SimulatedMeta meta = capiSync.meta();
  private final String order = "order-" + UUID.randomUUID();
  private final Shopper shopper = new Shopper(capiSync);

  @AfterEach
  void nothingFails() {
    meta.faults();
  }

  @Test
  void a_purchase_reaches_meta_with_its_id_and_the_keys_of_event_and_profile() {
    String email = UUID.randomUUID() + "@shop.example";
    shopper.goesBy(email);
    whenKnown();
    shopper.buys(order);

    becomes(order, "delivered");
    JsonNode event = meta.event(order);
    assertThat(event.path("event_name").asString()).isEqualTo("Purchase");
    assertThat(event.path("action_source").asString()).isEqualTo("website");
    assertThat(event.path("event_source_url").asString())
        .isEqualTo("https://shop.example/checkout");
    assertThat(event.path("custom_data").path("value").asDouble()).isEqualTo(29.9);
    assertThat(event.path("user_data").path("em").valueStream().map(JsonNode::asString))
        .containsExactly(Shopper.sha256("event of " + shopper.id), Shopper.sha256(email));
    assertThat(event.path("user_data").path("client_ip_address").asString()).isEqualTo("192.0.2.7");
    JsonNode delivery = capiSync.delivery(order);
    assertThat(delivery.path("person_id").asString()).isEqualTo(shopper.id.toString());
    assertThat(delivery.path("attempts")).hasSize(1);
    assertThat(delivery.path("attempts").path(0).path("fbtrace_id").asString()).isNotBlank();
  }

  @Test
  void an_event_that_comes_again_is_sent_once() {
    Told purchase = shopper.buys(order);
    purchase.tell();
    becomes(order, "delivered");
    purchase.tell();
    String later = order + "-later";
    shopper.buys(later); // the same partition, so what came before is done

    becomes(later, "delivered");
    assertThat(meta.deliveries(order)).isEqualTo(1);
  }

  @Test
  void without_consent_nothing_is_disclosed() {
    shopper.neverAsked(false).buys(order);
    Shopper refuser = new Shopper(capiSync);
    refuser.allowsAds(false);
    refuser.buys(order + "-refuser");

    becomes(order, "withheld");
    becomes(order + "-refuser", "withheld");
    assertThat(meta.deliveries(order) + meta.deliveries(order + "-refuser")).isZero();
  }

  @Test
  void an_old_yes_that_comes_after_a_withdrawal_is_no_yes() {
    Told old = shopper.toldEvent(order, "Purchase", Duration.ofMinutes(1), ActionSource.WEBSITE);
    shopper.allowsAds(false);
    old.tell();

    becomes(order, "withheld");
    assertThat(capiSync.delivery(order).path("reason").asString()).contains("ads");
    assertThat(meta.deliveries(order)).isZero();
  }

  @Test
  void a_withdrawal_while_an_event_waits_stops_it() {
    meta.faults("{\"path\":\"/events$\",\"status\":503}");
    shopper.buys(order);
    await().until(() -> capiSync.delivery(order).path("attempts").size() > 0);
    shopper.allowsAds(false);
    await()
        .until(() ->
            !capiSync
                .bean(People.class)
                .now(Set.of(shopper.id))
                .get(shopper.id)
                .adsConsent()
                .allowed());
    meta.faults();

    becomes(order, "withheld");
    assertThat(capiSync.delivery(order).path("reason").asString())
        .isEqualTo("the person doesn't allow ads");
    assertThat(meta.deliveries(order)).isZero();
  }

  @Test
  void history_is_not_sent() {
    Duration week = Duration.ofDays(7).plusMinutes(1);
    shopper.toldEvent(order, "Purchase", week, ActionSource.WEBSITE).tell();
    shopper.toldEvent(order + "-store", "Purchase", week, ActionSource.PHYSICAL_STORE).tell();
    shopper
        .toldEvent(
            order + "-old-store", "Purchase", Duration.ofDays(63), ActionSource.PHYSICAL_STORE)
        .tell();
    shopper.toldEvent(order + "-who", "Identify", Duration.ZERO, ActionSource.WEBSITE).tell();
    shopper.toldEventKeptBack(order + "-back").tell();

    becomes(order, "history");
    becomes(order + "-store", "delivered");
    becomes(order + "-old-store", "history");
    becomes(order + "-who", "not_for_meta");
    becomes(order + "-back", "not_for_meta");
    assertThat(meta.deliveries(order)).isZero();
    assertThat(meta.deliveries(order + "-store")).isEqualTo(1);
  }

  @Test
  void what_got_too_old_on_its_way_has_expired() {
    Instant at = Instant.now().minus(Duration.ofDays(8));
    shopper
        .toldEvent(order, "Purchase", at, at.plus(Duration.ofDays(1)), ActionSource.WEBSITE)
        .tell();

    becomes(order, "expired");
    assertThat(meta.deliveries(order)).isZero();
  }

  @Test
  void what_meta_refuses_stands_alone_and_the_rest_is_sent() {
    meta.faults("{\"path\":\"/events$\",\"status\":503,\"times\":1}"); // gathers them in one batch
    for (int number = 0; number < 20; number++) {
      (number == 13
              ? shopper.toldEventThatMetaRefuses(order + "-13")
              : shopper.toldEvent(
                  order + "-" + number, "Purchase", Duration.ZERO, ActionSource.WEBSITE))
          .tell();
    }

    for (int number = 0; number < 20; number++) {
      becomes(order + "-" + number, number == 13 ? "refused" : "delivered");
      assertThat(meta.deliveries(order + "-" + number)).isEqualTo(number == 13 ? 0 : 1);
    }
    assertThat(capiSync.delivery(order + "-13").path("reason").asString()).contains("2804009");
  }

  @Test
  void after_every_kind_of_trouble_meta_has_each_event_once() {
    meta.faults(
        "{\"path\":\"/events$\",\"status\":500,\"times\":2}",
        "{\"path\":\"/events$\",\"html\":true,\"status\":502,\"times\":1}",
        "{\"path\":\"/events$\",\"reset\":true,\"after_effect\":true,\"times\":1}",
        "{\"path\":\"/events$\",\"hang_ms\":1500,\"after_effect\":true,\"times\":1}");
    for (int number = 0; number < 10; number++) {
      new Shopper(capiSync).buys(order + "-" + number);
    }

    for (int number = 0; number < 10; number++) {
      // five calls fail, with pauses of 1, 2, 4, 8 and 15 s, each up to a quarter longer
      becomes(order + "-" + number, "delivered", Duration.ofMinutes(2));
      assertThat(meta.event(order + "-" + number).path("event_id").asString())
          .isEqualTo(order + "-" + number);
    }
  }

  @Test
  void what_else_an_event_says_reaches_meta_as_it_was_said() {
    JsonNode app =
        JsonMapper.shared()
            .readTree("{\"advertiser_tracking_enabled\":true,\"vendor_id\":\"v-1\"}");
    shopper
        .toldPurchase(
            order,
            Map.of(
                "opt_out",
                true,
                "data_processing_options",
                List.of("LDU"),
                "data_processing_options_country",
                1,
                "data_processing_options_state",
                1000,
                "referrer_url",
                "https://shop.example/cart",
                "original_event_data",
                Map.of("event_name", "Purchase", "event_time", 1795467600)),
            Map.of("app_data", app))
        .tell();

    becomes(order, "delivered");
    JsonNode event = meta.event(order);
    assertThat(event.path("opt_out").booleanValue()).isTrue();
    assertThat(event.path("data_processing_options").path(0).asString()).isEqualTo("LDU");
    assertThat(event.path("data_processing_options_country").asInt()).isEqualTo(1);
    assertThat(event.path("data_processing_options_state").asInt()).isEqualTo(1000);
    assertThat(event.path("referrer_url").asString()).isEqualTo("https://shop.example/cart");
    assertThat(event.path("original_event_data").path("event_time").asLong())
        .isEqualTo(1795467600L);
    assertThat(event.path("app_data")).isEqualTo(app);
    assertThat(event.path("user_data").toString()).doesNotContain("v-1");
  }

  @Test
  void a_test_code_goes_with_its_own_events_only() {
    meta.faults("{\"path\":\"/events$\",\"status\":503,\"times\":1}"); // gathers them in one batch
    shopper.toldPurchase(order, Map.of("test_event_code", "TEST7"), Map.of()).tell();
    shopper.toldPurchase(order + "-usual", Map.of(), Map.of()).tell();

    becomes(order, "delivered");
    becomes(order + "-usual", "delivered");
    assertThat(meta.event(order).path("test_event_code").asString()).isEqualTo("TEST7");
    assertThat(meta.event(order + "-usual").has("test_event_code")).isFalse();
  }

  @Test
  void how_it_goes_can_be_measured() {
    shopper.buys(order);
    becomes(order, "delivered");

    assertThat(capiSync.get("/actuator/prometheus").body())
        .contains(
            "rebound_capi_sync_conversions_total",
            "rebound_capi_sync_freshness_seconds",
            "rebound_capi_sync_conversions_queued",
            "rebound_capi_sync_audience_members_pending");
  }

  private void whenKnown() {
    await().until(() -> !capiSync.bean(People.class).matchKeys(Set.of(shopper.id)).isEmpty());
  }

  private void becomes(String eventId, String state) {
    becomes(eventId, state, Duration.ofSeconds(30));
  }

  private void becomes(String eventId, String state, Duration patience) {
    await()
        .atMost(patience)
        .untilAsserted(() ->
            assertThat(capiSync.delivery(eventId).path("state").asString("unknown"))
                .as(capiSync.delivery(eventId).toString())
                .isEqualTo(state));
  }
}
