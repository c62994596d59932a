package io.rebound.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LateFailureTest {
  private final List<JsonNode> statuses = new CopyOnWriteArrayList<>();

  @Test
  void the_webhook_tells_of_a_message_that_was_accepted_and_failed() throws IOException {
    HttpServer shop = shop();
    String url = "http://127.0.0.1:" + shop.getAddress().getPort() + "/hook";
    try (var sandbox =
        MetaSandbox.start(
            Map.of("server.port", 0, "sandbox.journal", "", "sandbox.webhook.url", url))) {
      var meta = new Caller(sandbox.baseUrl());
      meta.post("/_sandbox/whatsapp/inbound", "{\"from\":\"+4915112345678\",\"text\":\"Hi\"}");
      meta.put("/_sandbox/faults", "[{\"fail_later\":131049,\"times\":1}]");

      Reply reply =
          meta.post(
              "/v26.0/4000000004/messages",
              "{\"messaging_product\":\"whatsapp\",\"to\":\"4915112345678\",\"text\":{\"body\":\"Hello\"}}");

      assertThat(reply.status()).isEqualTo(200);
      String wamid = reply.json().path("messages").path(0).path("id").asString();
      await().untilAsserted(() -> assertThat(statuses).hasSize(1));
      JsonNode status = statuses.getFirst();
      assertThat(status.path("id").asString()).isEqualTo(wamid);
      assertThat(status.path("status").asString()).isEqualTo("failed");
      JsonNode error = status.path("errors").path(0);
      assertThat(error.path("code").asInt()).isEqualTo(131049);
      assertThat(error.path("title").asString()).contains("healthy ecosystem");
    } finally {
      shop.stop(0);
    }
  }

  private HttpServer shop() throws IOException {
    HttpServer shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    shop.createContext(
        "/hook",
        exchange -> {
          JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
          body.path("entry")
              .path(0)
              .path("changes")
              .path(0)
              .path("value")
              .path("statuses")
              .forEach(statuses::add);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    shop.start();
    return shop;
  }
}
