package io.rebound.sandbox.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.sandbox.Caller;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who persons are to the business, and what they do. */
class PersonsTest {
  private static final long A_MONTH = 31L * 24 * 3600;
  private static final String TEXT = "\"type\": \"text\", \"text\": {\"body\": \"Hello\"}";
  private static final String OFFER =
      "\"type\": \"template\", \"template\": {\"name\": \"offer\", \"language\": {\"code\": \"en\"}}";

  @Test
  void everybody_has_a_user_id_that_messages_can_be_sent_to() throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.customer("\"text\": \"Hi\"");
      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(1));
      JsonNode value = shop.values("messages").getFirst();
      String userId = value.path("contacts").path(0).path("user_id").asString();
      assertThat(userId).matches("DE\\.[0-9]{20}");
      assertThat(shop.messages().getFirst().path("from_user_id").asString()).isEqualTo(userId);
      assertThat(shop.messages().getFirst().path("from").asString())
          .isEqualTo(ListeningShop.NUMBER);

      JsonNode answer = toUserId(shop, userId, TEXT).json().path("contacts").path(0);

      assertThat(answer.toString())
          .isEqualTo("{\"input\":\"%s\",\"user_id\":\"%s\"}".formatted(userId, userId));
      await()
          .untilAsserted(() -> assertThat(shop.statusWords()).containsExactly("sent", "delivered"));
      assertThat(shop.statuses().getFirst().path("recipient_user_id").asString()).isEqualTo(userId);
      JsonNode both =
          shop.send("\"recipient\": \"US.123\", " + TEXT).json().path("contacts").path(0);
      assertThat(both.path("wa_id").asString()).isEqualTo(ListeningShop.NUMBER);
      assertThat(toUserId(shop, "US.123", TEXT).error().path("code").asInt()).isEqualTo(131009);
    }
  }

  @Test
  void the_number_of_who_has_a_username_is_told_for_thirty_days_after_the_last_contact()
      throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.customer("\"text\": \"Hi\"");
      shop.customer("\"type\": \"username\", \"username\": \"ada.l\"");
      shop.customer("\"text\": \"It's me\"");
      shop.clockAhead(A_MONTH);
      shop.customer("\"text\": \"Me again\"");

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(3));
      assertThat(shop.messages().get(1).path("from").asString()).isEqualTo(ListeningShop.NUMBER);
      assertThat(shop.bodies().getLast()).doesNotContain(ListeningShop.NUMBER).contains("ada.l");
      String userId = shop.messages().get(2).path("from_user_id").asString();
      Caller.Reply reply = toUserId(shop, userId, TEXT);
      await()
          .untilAsserted(() -> assertThat(shop.statusWords()).containsExactly("sent", "delivered"));
      assertThat(reply.text()).doesNotContain(ListeningShop.NUMBER);
      assertThat(shop.statuses().getLast().has("recipient_id")).isFalse();
      assertThat(toUserId(shop, userId, otp(shop)).error().path("code").asInt()).isEqualTo(131062);

      shop.send(TEXT); // to the number, which makes it a known one again
      shop.customer("\"type\": \"username\"");
      shop.customer("\"text\": \"And again\"");

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(4));
      assertThat(shop.messages().getLast().path("from").asString()).isEqualTo(ListeningShop.NUMBER);
    }
  }

  @Test
  void a_new_number_comes_with_a_new_user_id_and_ends_the_old_one() throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.customer("\"text\": \"Hi\"");
      shop.customer("\"type\": \"change_number\", \"to\": \"+4915187654321\"");

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(2));
      String before = shop.messages().getFirst().path("from_user_id").asString();
      JsonNode told = shop.messages().getLast();
      JsonNode system = told.path("system");
      assertThat(shop.values("messages").getLast().has("contacts")).isFalse();
      assertThat(told.path("type").asString()).isEqualTo("system");
      assertThat(system.path("type").asString()).isEqualTo("user_changed_number");
      assertThat(system.path("wa_id").asString()).isEqualTo("4915187654321");
      assertThat(system.path("previous_user_id").asString()).isEqualTo(before);
      assertThat(system.path("user_id").asString()).isNotEqualTo(before);

      shop.send(TEXT);
      toUserId(shop, system.path("user_id").asString(), TEXT); // the window moved along

      await()
          .untilAsserted(
              () -> assertThat(shop.statusWords()).containsExactly("failed", "sent", "delivered"));
      assertThat(code(shop.statuses().getFirst())).isEqualTo(131026);
    }
  }

  @Test
  void a_new_number_of_who_hides_it_is_told_as_a_new_user_id_only() throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.customer("\"type\": \"username\", \"username\": \"ada.l\"");
      shop.customer("\"type\": \"change_number\", \"to\": \"+4915187654321\"");

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(1));
      JsonNode told = shop.messages().getFirst();
      assertThat(told.path("system").path("type").asString()).isEqualTo("user_changed_user_id");
      assertThat(told.path("system").has("previous_user_id")).isTrue();
      assertThat(shop.bodies().getFirst()).doesNotContain("49151");
    }
  }

  @Test
  void who_stopped_marketing_gets_none_until_they_resume() throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.caller().post(ListeningShop.TEMPLATES, template("offer", "MARKETING"));
      shop.customer("\"type\": \"stop\"");
      assertThat(shop.send(OFFER).status()).isEqualTo(200);
      await().untilAsserted(() -> assertThat(shop.statusWords()).containsExactly("failed"));
      assertThat(code(shop.statuses().getFirst())).isEqualTo(131050);
      JsonNode preference = shop.values("user_preferences").getFirst();
      assertThat(preference.path("user_preferences").path(0).path("value").asString())
          .isEqualTo("stop");
      assertThat(preference.path("user_preferences").path(0).path("timestamp").isNumber()).isTrue();

      shop.customer("\"type\": \"resume\"");
      shop.send(OFFER);

      await()
          .untilAsserted(
              () -> assertThat(shop.statusWords()).containsExactly("failed", "sent", "delivered"));
      assertThat(shop.statuses().getLast().path("pricing").path("category").asString())
          .isEqualTo("marketing");
    }
  }

  @Test
  void who_blocks_the_business_gets_nothing_and_who_has_no_whatsapp_is_undeliverable()
      throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.caller().post(ListeningShop.TEMPLATES, template("offer", "UTILITY"));
      shop.customer("\"type\": \"block\"");
      shop.send(OFFER);
      assertThat(shop.customer("\"text\": \"Hi\"").status()).isEqualTo(400);
      shop.customer("\"type\": \"unblock\"");
      shop.customer("\"type\": \"whatsapp\", \"on\": false");
      shop.send(OFFER);
      shop.customer("\"type\": \"whatsapp\", \"on\": true");
      shop.send(OFFER);

      await()
          .untilAsserted(() ->
              assertThat(shop.statusWords())
                  .containsExactly("sent", "failed", "sent", "delivered"));
      assertThat(code(shop.statuses().get(1))).isEqualTo(131026);
    }
  }

  @Test
  void messages_are_read_when_the_person_says_so_unless_they_keep_it_to_themselves()
      throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.customer("\"text\": \"Hi\"");
      shop.send(TEXT);
      await().untilAsserted(() -> assertThat(shop.statusWords()).contains("delivered"));
      shop.customer("\"type\": \"read\"");
      await()
          .untilAsserted(
              () -> assertThat(shop.statusWords()).containsExactly("sent", "delivered", "read"));

      shop.customer("\"type\": \"receipts\", \"on\": false");
      shop.send(TEXT);
      await().untilAsserted(() -> assertThat(shop.statusWords()).hasSize(5));
      assertThat(shop.customer("\"type\": \"read\"").json().path("read").asInt()).isEqualTo(1);
      shop.customer("\"text\": \"Bye\"");

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(2));
      assertThat(shop.statusWords()).hasSize(5);
    }
  }

  @Test
  void reactions_go_both_ways_and_a_person_from_an_ad_brings_its_click() throws Exception {
    try (var shop = ListeningShop.instant()) {
      String wamid =
          shop.customer("\"text\": \"Hi\", \"referral\": {\"ctwa_clid\": \"Aff-n8Z\"}")
              .json()
              .path("wamid")
              .asString();
      String reaction =
          "\"type\": \"reaction\", \"reaction\": {\"message_id\": \"%s\", \"emoji\": \"+\"}";
      shop.send(reaction.formatted(wamid));
      shop.send(reaction.formatted("wamid.unknown"));
      shop.customer("\"type\": \"reaction\", \"message_id\": \"%s\"".formatted(wamid));

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(2));
      assertThat(shop.statusWords()).containsExactly("sent", "failed");
      assertThat(code(shop.statuses().getLast())).isEqualTo(131009);
      JsonNode referral = shop.messages().getFirst().path("referral");
      assertThat(referral.path("ctwa_clid").asString()).isEqualTo("Aff-n8Z");
      assertThat(referral.path("source_type").asString()).isEqualTo("ad");
      assertThat(shop.messages().getLast().path("reaction").has("emoji")).isFalse();
    }
  }

  private static String otp(ListeningShop shop) {
    shop.caller().post(ListeningShop.TEMPLATES, template("code", "AUTHENTICATION"));
    return OFFER.replace("offer", "code");
  }

  private static String template(String name, String category) {
    return """
    {"name": "%s", "language": "en", "category": "%s",
     "components": [{"type": "BODY", "text": "Hello there"}]}
    """
        .formatted(name, category);
  }

  private static Caller.Reply toUserId(ListeningShop shop, String userId, String message) {
    return shop.caller()
        .post(
            ListeningShop.MESSAGES,
            "{\"messaging_product\": \"whatsapp\", \"recipient\": \"%s\", %s}"
                .formatted(userId, message));
  }

  private static int code(JsonNode status) {
    return status.path("errors").path(0).path("code").asInt();
  }
}
