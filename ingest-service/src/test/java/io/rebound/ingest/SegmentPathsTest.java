package io.rebound.ingest;

import static io.rebound.ingest.RunningIngest.WRITE_KEY;
import static io.rebound.ingest.RunningIngest.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.KeptBack;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest.Answer;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where SDKs knock, with what key, and what browsers must be told. */
class SegmentPathsTest {
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @ParameterizedTest
  @CsvSource({
    "/v1/track, Looked", "/v1/t, Looked",
    "/v1/identify, Identify", "/v1/i, Identify",
    "/v1/page, PageView", "/v1/p, PageView",
    "/v1/screen, Screen", "/v1/s, Screen",
    "/v1/group, Group", "/v1/g, Group",
    "/v1/alias, Alias", "/v1/a, Alias"
  })
  void a_lone_message_is_what_its_path_says_whatever_its_body_says(String path, String name) {
    for (String slash : new String[] {"", "/"}) {
      String own = id + slash.length();
      Answer answer =
          ingest.post(
              path + slash,
              """
              {"type":"nonsense","event":"Looked","messageId":"%s","userId":"u","previousId":"p",
               "groupId":"g"}
              """
                  .formatted(own));

      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
      assertThat(ingest.event(own).name()).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/batch",
        "/v1/b",
        "/v1/import",
        "/v1/batch/",
        "/v1/b/",
        "/v1/import/",
        "/beacon/v1/batch",
        "/beacon/v1/batch/"
      })
  void a_batch_is_taken_wherever_an_sdk_sends_it(String path) {
    Answer answer =
        ingest.post(
            path,
            "{\"batch\":[{\"type\":\"TRACK\",\"event\":\"A\",\"messageId\":\"%s\",\"anonymousId\":7}]}"
                .formatted(id));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(ingest.event(id).name()).isEqualTo("A");
  }

  @Test
  void a_key_is_found_wherever_an_sdk_puts_it() {
    Map<String, String> none = Map.of();
    String plain = "{\"event\":\"A\",\"userId\":\"u\"}";
    String withKey = plain.replace("{\"ev", "{\"writeKey\":\"" + WRITE_KEY + "\",\"ev");
    String colonless = Base64.getEncoder().encodeToString(WRITE_KEY.getBytes(UTF_8));

    assertThat(status("/v1/track", plain, Map.of("Authorization", basic(WRITE_KEY))))
        .isEqualTo(200);
    assertThat(status("/v1/track", plain, Map.of("Authorization", "Basic " + colonless)))
        .isEqualTo(200);
    assertThat(status("/v1/track", withKey, none)).isEqualTo(200);
    assertThat(status("/v1/track", withKey, Map.of("Authorization", "Bearer an-oauth-token")))
        .isEqualTo(200);
    assertThat(
            status(
                "/beacon/v1/batch?writeKey=" + WRITE_KEY,
                "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\"}]}",
                none))
        .isEqualTo(200);
    assertThat(status("/v1/track", plain, none)).isEqualTo(401);
  }

  @Test
  void the_headers_key_goes_before_the_bodys_and_the_conflict_is_counted() {
    double before = counter("rebound_ingest_write_key_conflicts_total");
    String body = "{\"writeKey\":\"%s\",\"event\":\"A\",\"userId\":\"u\"}";

    assertThat(
            status(
                "/v1/track", body.formatted("another"), Map.of("Authorization", basic(WRITE_KEY))))
        .isEqualTo(200);
    assertThat(
            status(
                "/v1/track", body.formatted(WRITE_KEY), Map.of("Authorization", basic("another"))))
        .isEqualTo(401);
    assertThat(
            status(
                "/v1/track", body.formatted(WRITE_KEY), Map.of("Authorization", basic(WRITE_KEY))))
        .isEqualTo(200);

    assertThat(counter("rebound_ingest_write_key_conflicts_total") - before).isEqualTo(2);
  }

  @Test
  void what_sdks_send_again_is_counted() {
    double before = counter("rebound_ingest_client_retries_total");
    String body = "{\"event\":\"A\",\"userId\":\"u\"}";
    String key = basic(WRITE_KEY);

    status("/v1/track", body, Map.of("Authorization", key, "X-Retry-Count", "0"));
    status("/v1/track", body, Map.of("Authorization", key, "X-Retry-Count", "3"));
    status("/v1/track", body, Map.of("Authorization", key, "Rsa-Retry-Attempt", "1"));
    status("/v1/track", body, Map.of("Authorization", key, "X-Retry-Count", "many"));

    assertThat(counter("rebound_ingest_client_retries_total") - before).isEqualTo(2);
  }

  @Test
  void a_browser_may_ask_before_it_sends_and_reads_every_answer() {
    for (String path :
        new String[] {"/v1/t", "/v1/b", "/v1/m", "/pixel/v1/track", "/v1/projects/x/settings"}) {
      Answer preflight = ingest.ask("OPTIONS", path, Map.of("Origin", "https://shop.example"));
      assertThat(preflight.status()).as(path).isEqualTo(204);
      assertThat(header(preflight, "Access-Control-Allow-Headers"))
          .contains("Authorization", "Content-Type", "X-Retry-Count", "Rsa-Retry-Attempt");
      assertThat(header(preflight, "Access-Control-Allow-Methods")).contains("POST", "GET");

      Answer refused = ingest.ask("DELETE", path, Map.of("Origin", "https://shop.example"));
      assertThat(refused.status()).as(path).isEqualTo(405);
      assertThat(header(refused, "Allow")).endsWith(", OPTIONS");
      assertReadable(refused);
    }
    Map<String, String> origin = Map.of("Origin", "https://shop.example");
    assertReadable(ingest.post("/v1/t", "{".getBytes(UTF_8), origin)); // 400
    assertReadable(ingest.post("/v1/t", "{}".getBytes(UTF_8), origin)); // 401
    assertReadable(ingest.post("/v1/t", new byte[100_000], origin)); // 413
    assertReadable(ingest.ask("GET", "/v1/projects/x/settings", origin)); // 404
    assertReadable(ingest.ask("GET", "/pixel/v1/track", origin)); // 401
  }

  private static void assertReadable(Answer answer) {
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
    assertThat(header(answer, "Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(header(answer, "Access-Control-Expose-Headers")).contains("Retry-After");
  }

  @Test
  void nothing_is_to_be_had_where_messages_are_sent() {
    assertThat(ingest.ask("GET", "/v1/track", Map.of()).status()).isEqualTo(405);
    Answer head = ingest.ask("HEAD", "/v1/batch", Map.of());
    assertThat(head.status()).isEqualTo(405);
    assertThat(head.response().body()).isEmpty();
  }

  @Test
  void figures_of_the_browser_sdk_about_itself_are_taken() {
    assertThat(status("/v1/m", "{\"series\":[]}", Map.of("Content-Type", "text/plain")))
        .isEqualTo(200);
  }

  @Test
  void the_settings_send_an_sdk_to_the_host_it_asked() {
    String host = ingest.at("").replace("http://", "");
    for (String path :
        new String[] {
          "/v1/projects/%s/settings", "/projects/%s/settings", "/v1/projects/%s/settings/"
        }) {
      Answer answer = ingest.ask("GET", path.formatted(WRITE_KEY), Map.of());

      assertThat(answer.status()).isEqualTo(200);
      var segment = answer.body().path("integrations").path("Segment.io");
      assertThat(segment.path("apiKey").stringValue()).isEqualTo(WRITE_KEY);
      assertThat(segment.path("apiHost").stringValue()).isEqualTo(host + "/v1");
      assertThat(segment.path("protocol").stringValue()).isEqualTo("http");
      assertThat(answer.body().path("plan").isObject()).isTrue();
      assertThat(answer.body().path("edgeFunction").isObject()).isTrue();
    }
    Answer proxied =
        ingest.ask(
            "GET",
            "/v1/projects/%s/settings".formatted(WRITE_KEY),
            Map.of("X-Forwarded-Proto", "https"));
    assertThat(
            proxied.body().path("integrations").path("Segment.io").path("protocol").stringValue())
        .isEqualTo("https");
    assertThat(header(proxied, "Cache-Control")).contains("private");
  }

  @Test
  void settings_of_an_unknown_key_are_not_found() {
    Answer answer = ingest.ask("GET", "/v1/projects/nobody/settings", Map.of());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().path("code").stringValue()).isEqualTo("unknown_write_key");
    assertThat(ingest.ask("GET", "/sourceConfig?writeKey=nobody", Map.of()).status())
        .isEqualTo(401);
  }

  @Test
  void rudderstacks_browser_sdk_gets_its_source() {
    Answer answer =
        ingest.ask("GET", "/sourceConfig/?p=npm", Map.of("Authorization", basic(WRITE_KEY)));

    assertThat(answer.status()).isEqualTo(200);
    var source = answer.body().path("source");
    assertThat(source.path("enabled").booleanValue()).isTrue();
    assertThat(source.path("config").isObject()).isTrue();
    assertThat(source.path("destinations").isArray()).isTrue();
  }

  @Test
  void a_picture_in_a_mail_tracks() {
    Answer answer =
        ingest.ask(
            "GET",
            "/pixel/v1/track?writeKey=%s&event=%s&anonymousId=%s&messageId=%s&properties.total=12.5&properties.currency=EUR&integrations.All=false&context.page.url=%s"
                .formatted(
                    WRITE_KEY,
                    encoded("Order Completed"),
                    encoded("\"anon-1\""),
                    id,
                    encoded("https://shop.example/a?utm_source=mail")),
            Map.of("User-Agent", BROWSER));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("image/gif");
    assertThat(answer.response().body()).startsWith("GIF89a");
    TrackedEvent event = ingest.event(id);
    assertThat(event.name()).isEqualTo("Purchase");
    assertThat(event.customData().get("value")).hasToString("12.5");
    assertThat(event.eventSourceUrl()).isEqualTo("https://shop.example/a?utm_source=mail");
    assertThat(event.keptBack()).isEqualTo(KeptBack.CLIENT);
    assertThat(event.requestKeys()).isNotNull();
  }

  @Test
  void a_picture_of_a_page_is_a_page_view_and_a_bad_one_is_a_picture_as_well() {
    String known = "writeKey=" + WRITE_KEY;
    ingest.ask(
        "GET",
        "/pixel/v1/page?%s&name=Home&userId=u&messageId=%s".formatted(known, id),
        Map.of("User-Agent", BROWSER));
    assertThat(ingest.event(id).name()).isEqualTo("PageView");
    assertThat(ingest.event(id).customData()).containsEntry("content_name", "Home");

    Answer nameless =
        ingest.ask("GET", "/pixel/v1/track?userId=u&" + known, Map.of("User-Agent", BROWSER));
    assertThat(nameless.status()).isEqualTo(400);
    assertThat(nameless.response().body()).startsWith("GIF89a");
    assertThat(ingest.ask("GET", "/pixel/v1/track?event=A&userId=u", Map.of()).status())
        .isEqualTo(401);
  }

  private int status(String path, String body, Map<String, String> headers) {
    return ingest.post(path, body.getBytes(UTF_8), headers).status();
  }

  private static String header(Answer answer, String name) {
    return answer.response().headers().firstValue(name).orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private double counter(String name) {
    return ingest.counter(name);
  }
}
