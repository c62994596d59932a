package io.rebound.ingest.sdks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rebound.events.IdentifierType;
import io.rebound.events.MatchKeys;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest;
import io.rebound.sealing.Opener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Segment's analytics.js as it is published, in a page of another origin, in real Chromium. */
class BrowserSdkTest {
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
          + " Safari/537.36";
  private static final RunningIngest INGEST = RunningIngest.get();

  @TempDir(cleanup = CleanupMode.NEVER) // Chromium's helpers may outlive it for a moment
  private static Path profile;

  private static Instant before;
  private static JsonNode told;

  @BeforeAll
  static void look() throws Exception {
    Node.install();
    Path chromium =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(chromium != null, "no Chromium is installed: analytics.js isn't tried here");
    before = Instant.now();
    var answer = new CompletableFuture<String>();
    HttpServer site = site(answer);
    Process browser =
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0", // or it ends when the page is loaded
                "--user-agent=" + BROWSER,
                "--user-data-dir=" + profile,
                "http://127.0.0.1:" + site.getAddress().getPort() + "/?fbclid=IwAR0AbCdEf")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      told = JsonMapper.shared().readTree(answer.get(60, TimeUnit.SECONDS));
    } finally {
      browser.destroy();
      site.stop(0);
    }
  }

  /** The shop's page, its script, and where the script tells what it sent. */
  private static HttpServer site(CompletableFuture<String> told) throws IOException {
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/told",
        exchange -> {
          told.complete(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          answer(exchange, "text/plain", new byte[0]);
        });
    site.createContext(
        "/analytics.js",
        exchange ->
            answer(
                exchange,
                "text/javascript",
                Files.readAllBytes(
                    Node.FOLDER.resolve(
                        "node_modules/@segment/analytics-next/dist/umd/index.js"))));
    site.createContext("/", exchange -> answer(exchange, "text/html", page().getBytes(UTF_8)));
    site.start();
    return site;
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String page() {
    return """
    <!doctype html><title>Shop</title><script src="/analytics.js"></script><script>
    const tell = what => fetch('/told', {method: 'POST', body: JSON.stringify(what)});
    (async () => {
      const [analytics] = await AnalyticsNext.AnalyticsBrowser.load(
        {writeKey: '%s', cdnURL: '%s'});
      const sent = [
        await analytics.page('Home'),
        await analytics.identify('browser-user', {email: 'browser@shop.example'}),
        await analytics.track('Product Added',
          {product_id: 'shirt-1', price: 29.9, quantity: 1, currency: 'EUR'}),
        await analytics.group('g-1'),
        await analytics.alias('browser-user', 'old-user')];
      await tell({
        ids: sent.map(context => context.event.messageId),
        failed: sent.map(context => context.failedDelivery()).filter(failure => failure)});
    })().catch(error => tell({failed: [String(error)]}));
    </script>
    """
        .formatted(RunningIngest.WRITE_KEY, INGEST.at(""));
  }

  @Test
  void every_message_arrives_as_its_kind() {
    assertThat(told.path("failed")).isEmpty();
    assertThat(told.path("ids").valueStream().map(id -> INGEST.event(id.stringValue()).name()))
        .containsExactly("PageView", "Identify", "AddToCart", "Group", "Alias");
  }

  @Test
  void what_the_visitor_did_has_its_time_its_person_and_its_visit() {
    TrackedEvent added = event(2);

    assertThat(added.at()).isBetween(before.minusSeconds(1), Instant.now());
    assertThat(added.customData())
        .containsEntry("content_ids", List.of("shirt-1"))
        .containsEntry("currency", "EUR");
    assertThat(added.identifiers())
        .extracting(identifier -> identifier.type())
        .contains(IdentifierType.EXTERNAL_ID, IdentifierType.ANONYMOUS_ID);
    assertThat(added.identifiers()).containsAll(event(0).identifiers()); // the cookie
    var visit =
        Opener.fromPrivateKeyset(INGEST.keys().resolve("capi-sync.private.json"))
            .open(added.requestKeys(), added.key(), MatchKeys.class)
            .values();
    assertThat(visit).containsEntry("client_user_agent", List.of(BROWSER));
    assertThat(visit.get("client_ip_address")).containsExactly("127.0.0.1");
    assertThat(visit.get("fbc").getFirst()).endsWith(".IwAR0AbCdEf");
  }

  private static TrackedEvent event(int index) {
    return INGEST.event(told.path("ids").get(index).stringValue());
  }
}
