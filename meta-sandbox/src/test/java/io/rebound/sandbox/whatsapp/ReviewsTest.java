package io.rebound.sandbox.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.sandbox.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of templates: reviewed, judged, paused, edited, deleted. */
class ReviewsTest {
  private static final String FIELD = "message_template_status_update";
  private static final long HOUR = 3600;

  @Test
  void a_lifelike_template_waits_for_its_review_before_it_can_be_sent() throws Exception {
    try (var shop = ListeningShop.lifelike()) {
      JsonNode created = create(shop, "hello", "UTILITY", "Hello there").json();
      assertThat(created.path("status").asString()).isEqualTo("PENDING");
      assertThat(code(send(shop, "hello"))).isEqualTo(132001);

      shop.clockAhead(301);

      await().untilAsserted(() -> assertThat(events(shop)).containsExactly("APPROVED"));
      JsonNode told = shop.values(FIELD).getFirst();
      assertThat(told.path("message_template_id").asString())
          .isEqualTo(created.path("id").asString());
      assertThat(told.path("message_template_id").isNumber()).isTrue();
      assertThat(send(shop, "hello").status()).isEqualTo(200);
    }
  }

  @Test
  void the_review_takes_an_offer_for_marketing_and_rejects_what_asks_for_cards() throws Exception {
    try (var shop = ListeningShop.lifelike()) {
      String offer = id(create(shop, "offer", "UTILITY", "A discount for you"));
      String fraud = id(create(shop, "fraud", "UTILITY", "Send us your card number please"));
      shop.clockAhead(301);

      await().untilAsserted(() -> assertThat(events(shop)).containsExactly("APPROVED", "REJECTED"));
      assertThat(field(shop, offer, "category")).isEqualTo("MARKETING");
      assertThat(field(shop, fraud, "rejected_reason")).isEqualTo("SCAM");
      assertThat(code(send(shop, "fraud"))).isEqualTo(132001);

      assertThat(edit(shop, fraud, "Nothing is asked here").status()).isEqualTo(200);
      assertThat(field(shop, fraud, "status")).isEqualTo("PENDING");
      assertThat(edit(shop, fraud, "Again").error().path("error_subcode").asInt())
          .isEqualTo(2388039);
      shop.clockAhead(602);
      await().untilAsserted(() -> assertThat(field(shop, fraud, "status")).isEqualTo("APPROVED"));
    }
  }

  @Test
  void red_quality_pauses_three_hours_then_six_then_for_good() throws Exception {
    try (var shop = ListeningShop.instant()) {
      String id = id(create(shop, "hello", "UTILITY", "Hello there"));
      steer(shop, id, "{\"quality\": \"YELLOW\"}");
      assertThat(send(shop, "hello").status()).isEqualTo(200);

      steer(shop, id, "{\"quality\": \"RED\"}");
      assertThat(code(send(shop, "hello"))).isEqualTo(132015);
      shop.clockAhead(3 * HOUR + 1);
      await().untilAsserted(() -> assertThat(field(shop, id, "status")).isEqualTo("APPROVED"));
      steer(shop, id, "{\"quality\": \"RED\"}");
      shop.clockAhead(7 * HOUR);
      assertThat(code(send(shop, "hello"))).isEqualTo(132015);
      shop.clockAhead(9 * HOUR + 2);
      await().untilAsserted(() -> assertThat(field(shop, id, "status")).isEqualTo("APPROVED"));
      steer(shop, id, "{\"quality\": \"RED\"}");
      assertThat(code(send(shop, "hello"))).isEqualTo(132016);

      await()
          .untilAsserted(() ->
              assertThat(events(shop))
                  .containsExactly("PAUSED", "APPROVED", "PAUSED", "APPROVED", "DISABLED"));
      assertThat(titles(shop))
          .containsExactly("FIRST_PAUSE", "UNPAUSE", "SECOND_PAUSE", "UNPAUSE", "DISABLED");
      JsonNode quality = shop.values("message_template_quality_update").get(1);
      assertThat(quality.path("previous_quality_score").asString()).isEqualTo("YELLOW");
      assertThat(quality.path("new_quality_score").asString()).isEqualTo("RED");
      assertThat(shop.caller().delete(ListeningShop.TEMPLATES + "?name=hello", null).status())
          .isEqualTo(400);
    }
  }

  @Test
  void meta_changes_its_mind_on_demand() throws Exception {
    try (var shop = ListeningShop.instant()) {
      String id = id(create(shop, "hello", "UTILITY", "Hello there"));
      steer(shop, id, "{\"status\": \"REJECTED\", \"reason\": \"INCORRECT_CATEGORY\"}");
      assertThat(code(send(shop, "hello"))).isEqualTo(132001);
      steer(shop, id, "{\"status\": \"APPROVED\"}");
      steer(shop, id, "{\"category\": \"MARKETING\"}");
      steer(shop, id, "{\"status\": \"PAUSED\"}");
      assertThat(shop.caller().post("/v26.0/" + id + "/unpause", "{}").status()).isEqualTo(200);

      await()
          .untilAsserted(() ->
              assertThat(events(shop))
                  .containsExactly("REJECTED", "APPROVED", "PAUSED", "APPROVED"));
      assertThat(shop.values(FIELD).getFirst().path("reason").asString())
          .isEqualTo("INCORRECT_CATEGORY");
      JsonNode category = shop.values("template_category_update").getFirst();
      assertThat(category.path("previous_category").asString()).isEqualTo("UTILITY");
      assertThat(category.path("new_category").asString()).isEqualTo("MARKETING");
      assertThat(steer(shop, "123", "{\"status\": \"PAUSED\"}").status()).isEqualTo(400);
      assertThat(steer(shop, id, "{\"quality\": \"BLUE\"}").status()).isEqualTo(400);
    }
  }

  @Test
  void an_approved_template_is_edited_once_a_day_and_keeps_its_category() throws Exception {
    try (var shop = ListeningShop.lifelike()) {
      String id = id(create(shop, "hello", "UTILITY", "Hello there"));
      steer(shop, id, "{\"status\": \"APPROVED\"}");

      assertThat(edit(shop, id, "Hello you").status()).isEqualTo(200);
      assertThat(edit(shop, id, "Hello world").status()).isEqualTo(400);
      shop.clockAhead(24 * HOUR + 1);
      assertThat(edit(shop, id, "Hello world").status()).isEqualTo(200);
      assertThat(shop.caller().post("/v26.0/" + id, "{\"category\": \"MARKETING\"}").status())
          .isEqualTo(400);

      assertThat(field(shop, id, "status")).isEqualTo("APPROVED");
      await()
          .untilAsserted(
              () -> assertThat(shop.values("message_template_components_update")).hasSize(2));
    }
  }

  @Test
  void the_name_of_a_deleted_approved_template_is_blocked_for_thirty_days() throws Exception {
    try (var shop = ListeningShop.lifelike()) {
      String id = id(create(shop, "hello", "UTILITY", "Hello there"));
      steer(shop, id, "{\"status\": \"APPROVED\"}");
      String delete = ListeningShop.TEMPLATES + "?name=hello&hsm_id=";
      assertThat(shop.caller().delete(delete + "1", null).status()).isEqualTo(400);
      assertThat(shop.caller().delete(delete + id, null).status()).isEqualTo(200);

      assertThat(create(shop, "hello", "UTILITY", "Hello").error().path("error_subcode").asInt())
          .isEqualTo(2388023);
      shop.clockAhead(31 * 24 * HOUR);
      assertThat(create(shop, "hello", "UTILITY", "Hello").status()).isEqualTo(200);
    }
  }

  @Test
  void buttons_header_and_footer_have_their_limits() throws Exception {
    try (var shop = ListeningShop.instant()) {
      String reply = "{\"type\": \"QUICK_REPLY\", \"text\": \"%s\"}";
      String link = "{\"type\": \"URL\", \"text\": \"Go\", \"url\": \"https://shop.example/\"}";

      assertThat(subcode(shop, buttons(reply.formatted("x".repeat(26))))).isEqualTo(2388040);
      assertThat(subcode(shop, buttons(link + "," + link + "," + link))).isEqualTo(2388019);
      assertThat(
              subcode(
                  shop, buttons(reply.formatted("A") + "," + link + "," + reply.formatted("B"))))
          .isEqualTo(2388073);
      assertThat(subcode(shop, "{\"type\": \"FOOTER\", \"text\": \"Hi {{1}}\"}"))
          .isEqualTo(2388073);
      assertThat(
              subcode(
                  shop,
                  "{\"type\": \"HEADER\", \"format\": \"TEXT\", \"text\": \"%s\"}"
                      .formatted("x".repeat(61))))
          .isEqualTo(2388040);
      assertThat(subcode(shop, buttons(reply.formatted("A") + "," + link))).isZero();
    }
  }

  @Test
  void named_parameters_come_with_their_names_in_any_order() throws Exception {
    try (var shop = ListeningShop.instant()) {
      String template =
          """
          {"name": "named", "language": "en", "category": "UTILITY", "parameter_format": "named",
           "components": [{"type": "BODY", "text": "Hello {{first_name}}, your {{item}} is here.",
             "example": {"body_text_named_params": [{"param_name": "first_name", "example": "Ada"},
                                                    {"param_name": "item", "example": "shirt"}]}}]}
          """;
      String mixed = template.replace("{{item}}", "{{1}}");
      assertThat(
              shop.caller()
                  .post(ListeningShop.TEMPLATES, mixed)
                  .error()
                  .path("error_subcode")
                  .asInt())
          .isEqualTo(2388073);
      assertThat(shop.caller().post(ListeningShop.TEMPLATES, template).status()).isEqualTo(200);
      String ada = "{\"type\": \"text\", \"parameter_name\": \"first_name\", \"text\": \"Ada\"}";
      String shirt = "{\"type\": \"text\", \"parameter_name\": \"item\", \"text\": \"shirt\"}";

      assertThat(code(sendNamed(shop, ada))).isEqualTo(132000);
      assertThat(code(sendNamed(shop, ada + "," + shirt.replace("item", "thing"))))
          .isEqualTo(132012);
      assertThat(code(sendNamed(shop, ada + "," + shirt.replace("parameter_name", "name"))))
          .isEqualTo(100);
      assertThat(code(sendNamed(shop, ada + "," + shirt.replace("shirt", "x".repeat(1024)))))
          .isEqualTo(132005);
      assertThat(sendNamed(shop, shirt + "," + ada).status()).isEqualTo(200);
      assertThat(shop.caller().get("/_sandbox/whatsapp/messages").text())
          .contains("Hello Ada, your shirt is here.");
    }
  }

  private static Caller.Reply sendNamed(ListeningShop shop, String parameters) {
    return shop.send(
        """
        "type": "template", "template": {"name": "named", "language": {"code": "en"},
          "components": [{"type": "body", "parameters": [%s]}]}
        """
            .formatted(parameters));
  }

  private static String buttons(String buttons) {
    return "{\"type\": \"BUTTONS\", \"buttons\": [" + buttons + "]}";
  }

  private static int subcode(ListeningShop shop, String component) {
    return shop.caller()
        .post(
            ListeningShop.TEMPLATES,
            """
            {"name": "parts", "language": "en", "category": "UTILITY",
             "components": [{"type": "BODY", "text": "Hello there"}, %s]}
            """
                .formatted(component))
        .error()
        .path("error_subcode")
        .asInt(0);
  }

  private static Caller.Reply create(
      ListeningShop shop, String name, String category, String text) {
    return shop.caller()
        .post(
            ListeningShop.TEMPLATES,
            """
            {"name": "%s", "language": "en", "category": "%s",
             "components": [{"type": "BODY", "text": "%s"}]}
            """
                .formatted(name, category, text));
  }

  private static Caller.Reply edit(ListeningShop shop, String id, String text) {
    return shop.caller()
        .post(
            "/v26.0/" + id, "{\"components\": [{\"type\": \"BODY\", \"text\": \"" + text + "\"}]}");
  }

  private static Caller.Reply steer(ListeningShop shop, String id, String wanted) {
    return shop.caller().put("/_sandbox/whatsapp/templates/" + id, wanted);
  }

  private static Caller.Reply send(ListeningShop shop, String name) {
    return shop.send(
        "\"type\": \"template\", \"template\": {\"name\": \"%s\", \"language\": {\"code\": \"en\"}}"
            .formatted(name));
  }

  private static String id(Caller.Reply created) {
    return created.json().path("id").asString();
  }

  private static String field(ListeningShop shop, String id, String field) {
    return shop.caller().get("/v26.0/" + id + "?fields=" + field).json().path(field).asString();
  }

  private static int code(Caller.Reply reply) {
    return reply.error().path("code").asInt();
  }

  private static List<String> events(ListeningShop shop) {
    return shop.values(FIELD).stream().map(one -> one.path("event").asString()).toList();
  }

  private static List<String> titles(ListeningShop shop) {
    return shop.values(FIELD).stream()
        .map(one -> one.path("other_info").path("title").asString())
        .toList();
  }
}
