package io.rebound.ingest;

import static io.rebound.ingest.RunningIngest.OWN_DOMAIN_KEY;
import static io.rebound.ingest.RunningIngest.WRITE_KEY;
import static io.rebound.ingest.RunningIngest.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.ConsentForm;
import io.rebound.events.KeptBack;
import io.rebound.events.MatchKeys;
import io.rebound.events.Purpose;
import io.rebound.events.TrackedEvent;
import io.rebound.ingest.RunningIngest.Answer;
import io.rebound.sealing.Opener;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Visits: clicks and cookies, crawlers, and what a message says about who may know of it. */
class VisitsTest {
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
  private static final String CRAWLER =
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
  // the vector of the fact sheet on fbc and fbp
  private static final String CLICKED_AT = "2026-11-23T20:56:40.123Z";
  private static final String CLICK = "IwAR0AbCdEf";
  private static final String FBC = "fb.1.1795467400123.IwAR0AbCdEf";

  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @Test
  void a_click_in_the_pages_address_becomes_fbc() {
    ingest.post(
        "/v1/import",
        """
        {"batch":[{"type":"page","messageId":"%s","anonymousId":"a","timestamp":"%s",
          "context":{"page":{"search":"?fbclid=%s&x=1"}}}]}
        """
            .formatted(id, CLICKED_AT, CLICK));

    assertThat(requestKeys(id)).containsEntry("fbc", List.of(FBC));
  }

  @ParameterizedTest
  @CsvSource({
    FBC + ", " + FBC, // the cookie's time is that of the first look
    "fb.1.1795000000000.another-click, fb.1.1795467400123." + CLICK,
  })
  void a_cookie_keeps_the_clicks_time_until_another_click_comes(String cookie, String expected) {
    ingest.post(
        "/v1/import",
        """
        {"batch":[{"type":"page","messageId":"%s","anonymousId":"a","timestamp":"%s",
          "context":{"page":{"url":"https://shop.example/?fbclid=%s"}}}]}
        """
            .formatted(id, CLICKED_AT, CLICK)
            .getBytes(UTF_8),
        Map.of("Authorization", basic(WRITE_KEY), "Cookie", "_fbc=" + cookie));

    assertThat(requestKeys(id)).containsEntry("fbc", List.of(expected));
  }

  @Test
  void a_page_of_the_sites_own_domain_gets_metas_cookies_for_ninety_days() {
    List<String> cookies =
        look("t.shop.localhost:8080", OWN_DOMAIN_KEY, "https://www.shop.localhost", Map.of());

    String rest = "; Domain=shop.localhost; Path=/; Max-Age=7776000; Secure; SameSite=Lax";
    assertThat(cookies).hasSize(2).allSatisfy(cookie -> assertThat(cookie).endsWith(rest));
    assertThat(cookies.get(0)).matches("_fbc=fb\\.1\\.\\d{13}\\." + CLICK + ";.*");
    assertThat(cookies.get(1)).matches("_fbp=fb\\.1\\.\\d{13}\\.\\d{10};.*");
    // what the event says and what the browser keeps is one thing
    assertThat(requestKeys(id).get("fbc").getFirst())
        .isEqualTo(cookies.get(0).substring("_fbc=".length()).replace(rest, ""));
  }

  @Test
  void cookies_that_are_there_stay() {
    List<String> cookies =
        look(
            "shop.localhost",
            OWN_DOMAIN_KEY,
            "https://shop.localhost",
            Map.of("Cookie", "_fbp=fb.1.1795400000000.1116446470; _fbc=" + FBC));

    assertThat(cookies).isEmpty();
    assertThat(requestKeys(id))
        .containsEntry("fbc", List.of(FBC))
        .containsEntry("fbp", List.of("fb.1.1795400000000.1116446470"));
  }

  @ParameterizedTest
  @CsvSource({
    "shop.localhost, https://other.example",
    "shop.localhost, https://evilshop.localhost",
    "shop.localhost, null",
    "shop.localhost, %%",
    "ingest.example, https://shop.localhost"
  })
  void a_page_or_a_door_of_another_domain_gets_none(String host, String origin) {
    assertThat(look(host, OWN_DOMAIN_KEY, origin, Map.of())).isEmpty();
  }

  @Test
  void without_its_source_or_the_person_wanting_it_no_cookie_is_set() {
    assertThat(look("shop.localhost", WRITE_KEY, "https://shop.localhost", Map.of())).isEmpty();
    assertThat(
            cookies(
                "shop.localhost",
                """
                {"anonymousId":"a","context":{"userAgent":"%s",
                 "page":{"url":"https://shop.localhost/?fbclid=x"},
                 "consent":{"categoryPreferences":{"Advertising":false}}}}
                """
                    .formatted(BROWSER),
                Map.of("Authorization", basic(OWN_DOMAIN_KEY), "Origin", "https://shop.localhost")))
        .isEmpty();
  }

  @Test
  void a_crawlers_event_is_answered_counted_and_goes_nowhere() {
    double before = ingest.counter("rebound_ingest_events_total", "outcome", "bot");

    Answer answer = ingest.post("/v1/track", event(id, CRAWLER));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("accepted").intValue()).isZero();
    String next = UUID.randomUUID().toString();
    ingest.post("/v1/track", event(next, BROWSER));
    ingest.event(next);
    assertThat(ingest.has(id)).isFalse();
    assertThat(ingest.counter("rebound_ingest_events_total", "outcome", "bot") - before)
        .isEqualTo(1);
  }

  @Test
  void a_source_may_have_crawlers_marked_and_kept_from_meta() {
    ingest.post(
        "/v1/track",
        event(id, CRAWLER).getBytes(UTF_8),
        Map.of("Authorization", basic(OWN_DOMAIN_KEY)));

    TrackedEvent event = ingest.event(id);
    assertThat(event.customData()).containsEntry("crawler", true);
    assertThat(event.keptBack()).isEqualTo(KeptBack.BOT);
  }

  @Test
  void a_server_librarys_own_user_agent_is_nobodys() {
    ingest.post(
        "/v1/track",
        "{\"event\":\"A\",\"messageId\":\"%s\",\"userId\":\"u\"}".formatted(id).getBytes(UTF_8),
        Map.of("Authorization", basic(WRITE_KEY), "User-Agent", "python-requests/2.32"));

    assertThat(ingest.event(id).requestKeys()).isNull();
  }

  @Test
  void who_isnt_active_isnt_the_one_who_calls() {
    ingest.post(
        "/v1/identify",
        """
        {"messageId":"%s","userId":"u","channel":"web","context":{"active":false}}
        """
            .formatted(id)
            .getBytes(UTF_8),
        Map.of("Authorization", basic(WRITE_KEY), "User-Agent", BROWSER));

    assertThat(ingest.event(id).requestKeys()).isNull();
  }

  @Test
  void what_a_client_keeps_from_meta_is_kept_from_it_and_from_nobody_else() {
    String other = UUID.randomUUID().toString();
    ingest.post(
        "/v1/batch",
        """
        {"integrations":{"All":false},"batch":[
          {"type":"track","event":"A","messageId":"%s","userId":"u"},
          {"type":"track","event":"A","messageId":"%s","userId":"u",
           "integrations":{"Facebook Conversions API (Actions)":true}}]}
        """
            .formatted(id, other));

    assertThat(ingest.event(id).keptBack()).isEqualTo(KeptBack.CLIENT);
    assertThat(ingest.event(id).consent().stated()).isEmpty();
    assertThat(ingest.event(other).keptBack()).isNull();
  }

  @Test
  void a_choice_is_told_by_an_event_of_its_own_that_must_hold_it() {
    String body =
        """
        {"event":"Segment Consent Preference Updated","messageId":"%s","anonymousId":"a",
         "context":{%s}}
        """;

    Answer without = ingest.post("/v1/track", body.formatted(UUID.randomUUID(), ""));
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.body().path("errors").get(0).path("field").stringValue())
        .isEqualTo("context.consent.categoryPreferences");

    ingest.post(
        "/v1/track",
        body.formatted(id, "\"consent\":{\"categoryPreferences\":{\"Marketing\":false}}"));
    TrackedEvent event = ingest.event(id);
    assertThat(event.consent().stated()).isEqualTo(Map.of(Purpose.ADS, false));
    assertThat(event.keptBack()).isEqualTo(KeptBack.STATEMENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"consent\":{\"categoryPreferences\":{\"ads\":true}} | CATEGORY_PREFERENCES",
        "\"consent\":{\"categoryPreferences\":{}}             | CATEGORY_PREFERENCES",
        "\"consentManagement\":{\"deniedConsentIds\":[\"ads\"]} | CONSENT_MANAGEMENT",
        "\"consentManagement\":{\"deniedConsentIds\":[]}      |",
        "\"locale\":\"de-DE\"                                 |"
      })
  void a_statement_tells_in_which_form_it_was_made(String context, ConsentForm form) {
    ingest.post(
        "/v1/track",
        "{\"event\":\"A\",\"messageId\":\"%s\",\"userId\":\"u\",\"context\":{%s}}"
            .formatted(id, context));

    assertThat(ingest.event(id).consent().form()).isEqualTo(form);
  }

  @Test
  void the_clients_own_time_is_kept_where_its_clock_was_wrong() {
    Instant wrong = Instant.parse("2026-01-01T00:00:00Z");
    Instant before = Instant.now();
    ingest.post(
        "/v1/track",
        """
        {"event":"A","messageId":"%s","userId":"u","timestamp":"%s","sentAt":"%s",
         "_metadata":{"retryCount":1}}
        """
            .formatted(id, wrong, wrong.plusSeconds(60)));

    TrackedEvent event = ingest.event(id);
    assertThat(event.at()).isBetween(before.minusSeconds(60), Instant.now().minusSeconds(60));
    assertThat(event.claimedAt()).isEqualTo(wrong);
    assertThat(ingest.record(id)).doesNotContain("_metadata", "retryCount");
  }

  /** The cookies that a page is answered with. */
  private List<String> look(String host, String key, String origin, Map<String, String> more) {
    var headers = new HashMap<>(more);
    headers.put("Authorization", basic(key));
    headers.put("Origin", origin);
    return cookies(
        host,
        """
        {"messageId":"%s","anonymousId":"a","context":{"userAgent":"%s",
         "page":{"url":"https://shop.localhost/?fbclid=%s"}}}
        """
            .formatted(id, BROWSER, CLICK),
        headers);
  }

  private List<String> cookies(String host, String body, Map<String, String> headers) {
    List<String> answer = ingest.postTo(host, "/v1/p", body, headers);
    assertThat(answer.getFirst()).isEqualTo("HTTP/1.1 200 OK");
    return answer.stream()
        .filter(line -> line.regionMatches(true, 0, "set-cookie: ", 0, 12))
        .map(line -> line.substring(12))
        .toList();
  }

  private static String event(String id, String userAgent) {
    return """
    {"event":"A","messageId":"%s","anonymousId":"a","context":{"userAgent":"%s"}}
    """
        .formatted(id, userAgent);
  }

  private Map<String, List<String>> requestKeys(String id) {
    TrackedEvent event = ingest.event(id);
    return Opener.fromPrivateKeyset(ingest.keys().resolve("capi-sync.private.json"))
        .open(event.requestKeys(), event.key(), MatchKeys.class)
        .values();
  }
}
