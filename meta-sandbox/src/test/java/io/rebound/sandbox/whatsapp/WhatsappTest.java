package io.rebound.sandbox.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.rebound.sandbox.Caller;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.Sandboxes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Templates, messages and webhooks as Meta documents them. */
class WhatsappTest {
  private static final String TEMPLATES = "/v26.0/5000000005/message_templates";
  private static final String MESSAGES = "/v26.0/4000000004/messages";
  private static final String REMINDER =
      """
      {"name": "cart_reminder", "language": "en", "category": "MARKETING",
       "components": [{"type": "BODY", "text": "Hello {{1}}, your cart is waiting.",
                       "example": {"body_text": [["Ada"]]}}]}
      """;

  @Test
  void a_template_is_approved_at_once_and_found_by_name() {
    Caller caller = Sandboxes.fresh();

    assertThat(caller.post(TEMPLATES, REMINDER).json().path("status").asString())
        .isEqualTo("APPROVED");

    var found = caller.get(TEMPLATES + "?name=cart_reminder&fields=name,status,language").json();
    assertThat(found.path("data")).hasSize(1);
    assertThat(caller.post(TEMPLATES, REMINDER).error().path("error_subcode").asInt())
        .isEqualTo(2388024);
  }

  @Test
  void a_template_with_a_variable_at_its_edge_or_without_a_sample_is_refused() {
    Caller caller = Sandboxes.fresh();
    String edge = REMINDER.replace("Hello {{1}}, your cart is waiting.", "{{1}}, hello there");
    String sample = REMINDER.replace("[[\"Ada\"]]", "[]");

    assertThat(caller.post(TEMPLATES, edge).error().path("error_subcode").asInt())
        .isEqualTo(2388299);
    assertThat(caller.post(TEMPLATES, sample).status()).isEqualTo(400);
  }

  @Test
  void a_message_needs_its_template_language_and_number_of_parameters() {
    Caller caller = Sandboxes.fresh();
    caller.post(TEMPLATES, REMINDER);

    assertThat(code(caller, message("cart_reminder", "de", "Ada"))).isEqualTo(132001);
    assertThat(code(caller, message("other", "en", "Ada"))).isEqualTo(132001);
    assertThat(code(caller, message("cart_reminder", "en"))).isEqualTo(132000);
    assertThat(code(caller, message("cart_reminder", "en", "Ada", "Eve"))).isEqualTo(132000);
    assertThat(code(caller, message("cart_reminder", "en", "Ada\\nEve"))).isEqualTo(132012);
    assertThat(code(caller, message("cart_reminder", "en", "Ada").replace("whatsapp", "sms")))
        .isEqualTo(100);
    assertThat(code(caller, message("cart_reminder", "en", "Ada").replace("+49151", "x")))
        .isEqualTo(131009);

    var accepted = caller.post(MESSAGES, message("cart_reminder", "en", "Ada")).json();
    assertThat(accepted.path("messages").path(0).path("id").asString()).startsWith("wamid.");
    assertThat(accepted.path("contacts").path(0).path("wa_id").asString())
        .isEqualTo("4915112345678");
  }

  @Test
  void a_text_outside_the_window_is_taken_and_fails_afterwards() {
    Caller caller = Sandboxes.fresh();
    String text =
        "{\"messaging_product\":\"whatsapp\",\"to\":\"+4915112345678\",\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}";

    assertThat(caller.post(MESSAGES, text).status()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(lastStatus(caller)).isEqualTo("failed"));

    caller.post("/_sandbox/whatsapp/inbound", "{\"from\":\"+4915112345678\",\"text\":\"Hello\"}");
    caller.post(MESSAGES, text);
    await().untilAsserted(() -> assertThat(lastStatus(caller)).isEqualTo("delivered"));
  }

  @Test
  void webhooks_are_signed_ascii_and_repeated_until_they_are_answered() throws Exception {
    List<String> posted = new CopyOnWriteArrayList<>();
    List<String> signatures = new CopyOnWriteArrayList<>();
    var calls = new AtomicInteger();
    HttpServer shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    shop.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          boolean refuse = calls.incrementAndGet() == 1;
          if (!refuse) {
            posted.add(new String(body, UTF_8));
            signatures.add(exchange.getRequestHeaders().getFirst("X-Hub-Signature-256"));
          }
          exchange.sendResponseHeaders(refuse ? 500 : 200, -1);
          exchange.close();
        });
    shop.start();
    String url = "http://127.0.0.1:" + shop.getAddress().getPort() + "/hook";
    try (MetaSandbox sandbox =
        MetaSandbox.start(Map.of("server.port", 0, "sandbox.webhook.url", url))) {
      var caller = new Caller(sandbox.baseUrl());
      caller.post(
          "/_sandbox/whatsapp/inbound", "{\"from\":\"+4915112345678\",\"text\":\"Größe 42?\"}");

      await().untilAsserted(() -> assertThat(posted).hasSize(1));
    } finally {
      shop.stop(0);
    }
    String body = posted.getFirst();
    assertThat(body).contains("Gr\\u00F6\\u00DFe 42?").matches("\\p{ASCII}*");
    assertThat(signatures.getFirst()).isEqualTo("sha256=" + openssl(body));
    var value =
        JsonMapper.shared()
            .readTree(body)
            .path("entry")
            .path(0)
            .path("changes")
            .path(0)
            .path("value");
    assertThat(value.path("messages").path(0).path("from").asString()).isEqualTo("4915112345678");
  }

  private static String openssl(String body) throws Exception {
    Process openssl =
        new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", "demo-app-secret", "-r").start();
    openssl.getOutputStream().write(body.getBytes(UTF_8));
    openssl.getOutputStream().close();
    return new String(openssl.getInputStream().readAllBytes(), UTF_8).substring(0, 64);
  }

  private static String lastStatus(Caller caller) {
    var messages = caller.get("/_sandbox/whatsapp/messages").json().path("data");
    return messages.path(messages.size() - 1).path("status").asString();
  }

  private static int code(Caller caller, String message) {
    return caller.post(MESSAGES, message).error().path("code").asInt();
  }

  private static String message(String template, String language, String... parameters) {
    String given =
        List.of(parameters).stream()
            .map(text -> "{\"type\":\"text\",\"text\":\"" + text + "\"}")
            .reduce((one, other) -> one + "," + other)
            .orElse("");
    return """
    {"messaging_product": "whatsapp", "to": "+4915112345678", "type": "template",
     "template": {"name": "%s", "language": {"code": "%s"},
                  "components": [{"type": "body", "parameters": [%s]}]}}
    """
        .formatted(template, language, given);
  }
}
