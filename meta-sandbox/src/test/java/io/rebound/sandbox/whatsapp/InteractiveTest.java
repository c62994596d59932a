package io.rebound.sandbox.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Sandboxes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Interactive messages, their limits, and what comes back when one is tapped. */
class InteractiveTest {
  private static final String BUTTONS =
      """
      "type": "interactive", "interactive": {"type": "button", "body": {"text": "Still there?"},
       "action": {"buttons": [{"type": "reply", "reply": {"id": "yes-1", "title": "Yes"}},
                              {"type": "reply", "reply": {"id": "no-1", "title": "No"}}]}}
      """;
  private static final String LIST =
      """
      "type": "interactive", "interactive": {"type": "list", "body": {"text": "Which size?"},
       "action": {"button": "Choose", "sections": [{"title": "Sizes", "rows": [
          {"id": "s", "title": "Small"}, {"id": "l", "title": "Large", "description": "Wide"}]}]}}
      """;
  private static final String LINK =
      """
      "type": "interactive", "interactive": {"type": "cta_url", "body": {"text": "Your cart"},
       "action": {"name": "cta_url", "parameters": {"display_text": "Open", "url": "https://shop.example/c"}}}
      """;

  @Test
  void a_tapped_button_and_a_tapped_row_come_back_with_what_was_answered() throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.customer("\"text\": \"Hi\"");
      String buttons = wamid(shop.send(BUTTONS));
      String list = wamid(shop.send(LIST));
      assertThat(shop.send(LINK).status()).isEqualTo(200);

      shop.customer("\"type\": \"button\", \"title\": \"No\"");
      shop.customer("\"type\": \"list\", \"id\": \"l\"");

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(3));
      JsonNode tapped = shop.messages().get(1);
      assertThat(tapped.path("type").asString()).isEqualTo("interactive");
      assertThat(tapped.path("context").path("id").asString()).isEqualTo(buttons);
      assertThat(tapped.path("context").path("from").asString()).isEqualTo("15550000004");
      assertThat(tapped.path("interactive").toString())
          .isEqualTo(
              "{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"no-1\",\"title\":\"No\"}}");
      JsonNode chosen = shop.messages().get(2);
      assertThat(chosen.path("context").path("id").asString()).isEqualTo(list);
      assertThat(chosen.path("interactive").path("type").asString()).isEqualTo("list_reply");
      assertThat(chosen.path("interactive").path("list_reply").path("description").asString())
          .isEqualTo("Wide");
    }
  }

  @Test
  void a_quick_reply_of_a_template_comes_back_with_the_payload_that_was_sent_along()
      throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.caller()
          .post(
              ListeningShop.TEMPLATES,
              """
              {"name": "offer", "language": "en", "category": "MARKETING", "components": [
                {"type": "BODY", "text": "New in the shop"},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "More"},
                                                {"type": "QUICK_REPLY", "text": "Stop"}]}]}
              """);
      shop.send(
          """
          "type": "template", "template": {"name": "offer", "language": {"code": "en"}, "components": [
            {"type": "button", "sub_type": "quick_reply", "index": "1",
             "parameters": [{"type": "payload", "payload": "OPTOUT:mkt"}]}]}
          """);

      shop.customer("\"type\": \"button\", \"text\": \"Stop\"");
      shop.customer("\"type\": \"button\", \"index\": 0");

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(2));
      assertThat(shop.messages().get(0).path("button").path("payload").asString())
          .isEqualTo("OPTOUT:mkt");
      assertThat(shop.messages().get(0).path("type").asString()).isEqualTo("button");
      assertThat(shop.messages().get(1).path("button").path("payload").asString())
          .isEqualTo("More");
    }
  }

  // limits: Meta's pages of the interactive messages
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Yes\"   | 21 | Button title length invalid. Min length: 1, Max length: 20",
        "\"yes-1\" | 257 | Button id length invalid. Min length: 1, Max length: 256",
        "\"Still there?\" | 1025 | Body text length invalid. Min length: 1, Max length: 1024",
        "\"No\" | 0 | Button title length invalid. Min length: 1, Max length: 20",
        "\"Which size?\" | 4097 | Body text length invalid. Min length: 1, Max length: 4096",
        "\"Choose\" | 21 | Button text length invalid. Min length: 1, Max length: 20",
        "\"Sizes\" | 25 | Section title length invalid. Min length: 1, Max length: 24",
        "\"Small\" | 25 | Row title length invalid. Min length: 1, Max length: 24",
        "\"s\" | 201 | Row id length invalid. Min length: 1, Max length: 200",
        "\"Wide\" | 73 | Row description length invalid. Min length: 1, Max length: 72",
        "\"Open\" | 21 | Button text length invalid. Min length: 1, Max length: 20",
      })
  void a_text_beyond_its_limit_is_refused_with_the_limit(String text, int length, String details) {
    Caller caller = Sandboxes.fresh();
    String message = BUTTONS.contains(text) ? BUTTONS : LIST.contains(text) ? LIST : LINK;

    JsonNode error = sent(caller, message.replace(text, "\"" + "x".repeat(length) + "\"")).error();

    assertThat(error.path("code").asInt()).isEqualTo(131009);
    assertThat(error.path("error_data").path("details").asString()).isEqualTo(details);
    assertThat(
            sent(caller, message.replace(text, "\"" + "x".repeat(Math.max(1, length - 1)) + "\""))
                .status())
        .isEqualTo(200);
  }

  @Test
  void too_many_buttons_or_rows_or_the_same_twice_are_refused() {
    Caller caller = Sandboxes.fresh();
    String button = "{\"type\": \"reply\", \"reply\": {\"id\": \"%d\", \"title\": \"%d\"}},";
    String row = "{\"id\": \"r%d\", \"title\": \"R\"},";
    String four = BUTTONS.replace("[{\"type\"", "[" + repeated(button, 2) + "{\"type\"");
    String eleven = LIST.replace("[\n", "[" + repeated(row, 9));

    assertThat(details(sent(caller, four)))
        .isEqualTo("Invalid number of buttons. Min count: 1, Max count: 3");
    assertThat(details(sent(caller, eleven)))
        .isEqualTo("Invalid number of rows of a section. Min count: 1, Max count: 10");
    assertThat(details(sent(caller, BUTTONS.replace("\"No\"", "\"Yes\""))))
        .isEqualTo("Duplicated Button title");
    assertThat(details(sent(caller, LINK.replace("https://", ""))))
        .isEqualTo("action.parameters.url must be a link");
    assertThat(
            sent(caller, BUTTONS.replace("\"button\"", "\"carousel\""))
                .error()
                .path("code")
                .asInt())
        .isEqualTo(131051);
  }

  @Test
  void a_text_has_at_most_4096_characters() {
    Caller caller = Sandboxes.fresh();

    assertThat(sent(caller, text("x".repeat(4096))).status()).isEqualTo(200);
    assertThat(sent(caller, text("x".repeat(4097))).error().path("code").asInt()).isEqualTo(100);
    assertThat(sent(caller, text("")).error().path("code").asInt()).isEqualTo(131008);
  }

  private static String text(String body) {
    return "\"type\": \"text\", \"text\": {\"body\": \"" + body + "\"}";
  }

  private static String repeated(String element, int times) {
    var all = new StringBuilder();
    for (int i = 0; i < times; i++) {
      all.append(element.replace("%d", String.valueOf(i)));
    }
    return all.toString();
  }

  private static Caller.Reply sent(Caller caller, String message) {
    return caller.post(
        ListeningShop.MESSAGES,
        "{\"messaging_product\": \"whatsapp\", \"to\": \"+4915112345678\", " + message + "}");
  }

  private static String details(Caller.Reply reply) {
    return reply.error().path("error_data").path("details").asString();
  }

  private static String wamid(Caller.Reply reply) {
    return reply.json().path("messages").path(0).path("id").asString();
  }
}
