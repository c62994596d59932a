package io.rebound.sandbox.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.rebound.sandbox.MetaSandbox;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** A tenant's webhooks go to its own address only, signed with its own secret. */
class TenantWebhooksTest {
  private record Post(String path, String body, String signature) {}

  private final List<Post> posts = new CopyOnWriteArrayList<>();

  @Test
  void each_is_told_of_its_own_messages() throws Exception {
    HttpServer shops = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    shops.createContext(
        "/",
        exchange -> {
          posts.add(
              new Post(
                  exchange.getRequestURI().getPath(),
                  new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                  exchange.getRequestHeaders().getFirst("X-Hub-Signature-256")));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    shops.start();
    String at = "http://127.0.0.1:" + shops.getAddress().getPort();
    try (MetaSandbox sandbox =
        MetaSandbox.start(Map.of("server.port", 0, "sandbox.webhook.url", at + "/default"))) {
      Suite one = Suite.of(sandbox, "one", "{\"webhook_url\": \"" + at + "/one\"}");
      Suite two = Suite.of(sandbox, "two", "{\"webhook_url\": \"" + at + "/two\"}");
      Suite silent = Suite.of(sandbox, "silent");

      silent.hears("Hello silent");
      one.hears("Hello one");
      two.hears("Hello two");

      await().until(() -> posts.size() == 2);
      for (Post post : posts) {
        Suite suite = post.path().equals("/one") ? one : two;
        assertThat(post.path()).isEqualTo("/" + suite.name());
        assertThat(post.body()).contains("Hello " + suite.name());
        assertThat(post.signature()).isEqualTo("sha256=" + hmac(suite.secret(), post.body()));
      }
      assertThat(one.shown("whatsapp/messages")).hasSize(1);
    } finally {
      shops.stop(0);
    }
  }

  private static String hmac(String secret, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
  }
}
