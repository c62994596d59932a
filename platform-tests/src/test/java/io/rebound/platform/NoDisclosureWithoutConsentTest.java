package io.rebound.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rebound.quickstart.Platform;
import io.rebound.quickstart.Ports;
import io.rebound.quickstart.demo.DemoFailed;
import io.rebound.quickstart.demo.Http;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Everybody leaves a cart behind, at each door, which is reason enough to tell Meta: an event, a
 * place in an audience, a message. Meta's sandbox then holds those who allowed it and nobody else.
 */
class NoDisclosureWithoutConsentTest {
  private static final String ADMIN_KEY = "demo-admin-key";
  private static final String META_TOKEN = "demo-meta-token";
  private static final String ASSUMES_YES = "demo-write-key";
  private static final Map<String, Object> ALL = consent(true, true, true);
  private static final Map<String, Object> NONE = consent(false, false, false);
  private static final Http HTTP = new Http();

  @TempDir static Path data;
  private static Platform platform;
  private static Installation installation;
  private static String assumesNo = "";

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start(data, Ports.free(), false, _ -> {});
    installation = Installation.quickstart(platform.ports());
    installation.putSegments();
    HTTP.post(ingest("/v1/sources"), ADMIN_KEY, Map.of("id", "strict", "country", "DE"));
    assumesNo =
        HTTP.post(ingest("/v1/sources/strict/keys"), ADMIN_KEY, Map.of("name", "tests"))
            .path("key")
            .asString();
    HTTP.post(
        at(platform.ports().sandbox(), "/v26.0/5000000005/message_templates"),
        META_TOKEN,
        """
        {"name": "left_behind", "language": "en", "category": "MARKETING",
         "components": [{"type": "BODY", "text": "Your cart is waiting."}]}
        """);
    HTTP.put(
        at(platform.ports().whatsapp(), "/v1/triggers/left-behind"),
        ADMIN_KEY,
        """
        {"event": "AddToCart", "unless": ["Purchase"], "after": "1s", "enabled": true,
         "template": "left_behind", "language": "en"}
        """);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  /** A customer, with a number of their own so that none is mistaken for another. */
  private record Customer(String name, int number) {
    String email() {
      return name + "@consent.example";
    }

    String phone() {
      return "4915155501" + number;
    }

    /** What Meta would know them by. */
    List<String> traces() {
      return List.of(sha256(email()), sha256(phone()), phone(), sha256(name), name);
    }
  }

  private static final Customer WILLING = new Customer("willing", 100);
  private static final Customer ONLY_ADS = new Customer("only-ads", 101);
  private static final Customer ONLY_MESSAGES = new Customer("only-messages", 102);
  private static final Customer SILENT = new Customer("silent", 103);
  private static final Customer REFUSER = new Customer("refuser", 104);
  private static final Customer UNREADABLE = new Customer("unreadable", 105);
  private static final Customer CALLED_IN = new Customer("called-in", 106);
  private static final Customer CHANGED_MIND = new Customer("changed-mind", 107);
  private static final Customer TWO_ACCOUNTS = new Customer("two-accounts", 108);
  private static final Customer AT_ONCE = new Customer("at-once", 109);
  private static final Customer SAID_STOP = new Customer("said-stop", 110);

  @Test
  void meta_holds_nobody_who_did_not_allow_it() throws Exception {
    // who never said anything to a source that assumes nothing
    leavesACart(SILENT, assumesNo, null);
    // who refuses, where a yes is assumed
    leavesACart(REFUSER, ASSUMES_YES, NONE);
    // whose statement nobody can read
    refused(UNREADABLE);
    // who withdrew by telephone
    states(CALLED_IN, Map.of("ads", false, "profiling", false, "messaging", false));
    known(CALLED_IN);
    leavesACart(CALLED_IN, ASSUMES_YES, null);
    // who allowed it and then refused; the yes comes last
    identifies(CHANGED_MIND, "changed-mind", NONE, Instant.now());
    identifies(CHANGED_MIND, "changed-mind", ALL, Instant.now().minusSeconds(3600));
    leavesACart(CHANGED_MIND, ASSUMES_YES, null);
    // whose second account refused, before it turns out to be theirs
    identifies(TWO_ACCOUNTS, "the-other-account", NONE, Instant.now());
    leavesACart(TWO_ACCOUNTS, ASSUMES_YES, null);
    // who said both at the same moment
    Instant moment = Instant.now().minusSeconds(60);
    identifies(AT_ONCE, "at-once", NONE, moment);
    identifies(AT_ONCE, "at-once", ALL, moment);
    leavesACart(AT_ONCE, ASSUMES_YES, null);
    // who told WhatsApp to stop, which is no word on ads
    HTTP.post(
        at(platform.ports().sandbox(), "/_sandbox/whatsapp/inbound"),
        META_TOKEN,
        Map.of("from", "+" + SAID_STOP.phone(), "text", "Stop!"));
    leavesACart(SAID_STOP, ASSUMES_YES, null);
    leavesACart(ONLY_ADS, assumesNo, consent(true, true, false));
    leavesACart(ONLY_MESSAGES, assumesNo, consent(false, true, true));
    leavesACart(WILLING, assumesNo, ALL);

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          for (Customer customer : List.of(WILLING, ONLY_ADS, SAID_STOP)) {
            assertThat(events()).as("events").contains(sha256(customer.email()));
            assertThat(audiences()).as("audiences").contains(sha256(customer.email()));
          }
          assertThat(messages()).contains(WILLING.phone(), ONLY_MESSAGES.phone());
        });
    Results.settle(installation);

    for (Customer nobody :
        List.of(SILENT, REFUSER, UNREADABLE, CALLED_IN, CHANGED_MIND, TWO_ACCOUNTS, AT_ONCE)) {
      assertThat(events()).as(nobody.name()).doesNotContain(nobody.traces());
      assertThat(audiences()).as(nobody.name()).doesNotContain(nobody.traces());
      assertThat(messages()).as(nobody.name()).doesNotContain(nobody.traces());
    }
    assertThat(messages()).doesNotContain(ONLY_ADS.traces()).doesNotContain(SAID_STOP.traces());
    assertThat(events()).doesNotContain(ONLY_MESSAGES.traces());
    assertThat(audiences()).doesNotContain(ONLY_MESSAGES.traces());
  }

  @Test
  void a_withdrawal_arrives_everywhere() throws Exception {
    var byEvent = new Customer("withdraws-by-event", 120);
    var byDesk = new Customer("withdraws-at-the-desk", 121);
    for (Customer customer : List.of(byEvent, byDesk)) {
      leavesACart(customer, ASSUMES_YES, ALL);
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(audiences()).contains(sha256(byEvent.email()), sha256(byDesk.email())));

    identifies(byEvent, byEvent.name(), NONE, Instant.now());
    states(byDesk, Map.of("ads", false, "messaging", false));

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(audiences())
                .doesNotContain(byEvent.traces())
                .doesNotContain(byDesk.traces()));
    for (Customer customer : List.of(byEvent, byDesk)) {
      String later = "later-" + customer.name();
      track(customer, ASSUMES_YES, "Product Viewed", later, Map.of());
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() ->
              assertThat(
                      installation
                          .get(platform.ports().capiSync(), "/v1/deliveries?event_id=" + later)
                          .toString())
                  .contains("withheld"));
      JsonNode person =
          installation.get(platform.ports().identity(), "/v1/persons?email=" + customer.email());
      assertThat(person.path("consents").path("ads").asBoolean(true)).isFalse();
      assertThat(person.path("consents_decided_by").path("ads").path("basis").asString())
          .isEqualTo("stated");
      assertThat(events()).doesNotContain(later);
    }
  }

  private static Map<String, Object> consent(boolean ads, boolean profiling, boolean messaging) {
    return Map.of(
        "consent",
        Map.of(
            "categoryPreferences",
            Map.of("Advertising", ads, "Analytics", profiling, "WhatsApp", messaging)));
  }

  /** At the tracking door and at the Meta-shaped one. */
  private static void leavesACart(
      Customer customer, String key, @org.jspecify.annotations.Nullable Map<String, Object> consent)
      throws DemoFailed {
    track(
        customer,
        key,
        "Product Added",
        "cart-" + customer.name(),
        consent == null ? Map.of() : consent);
    HTTP.post(
        ingest("/v1/events?access_token=" + key),
        key,
        Map.of(
            "data",
            List.of(
                Map.of(
                    "event_name",
                    "Lead",
                    "event_time",
                    Instant.now().getEpochSecond(),
                    "event_id",
                    "lead-" + customer.name(),
                    "action_source",
                    "physical_store",
                    "user_data",
                    Map.of("em", List.of(sha256(customer.email())))))));
  }

  private static void track(
      Customer customer, String key, String event, String id, Map<String, Object> consent)
      throws DemoFailed {
    HTTP.post(ingest("/v1/track"), key, message(customer, event, id, consent));
  }

  private static Map<String, Object> message(
      Customer customer, String event, String id, Map<String, Object> consent) {
    var context = new LinkedHashMap<String, Object>(consent);
    context.put("traits", Map.of("email", customer.email(), "phone", "+" + customer.phone()));
    return Map.of(
        "event",
        event,
        "messageId",
        id,
        "userId",
        customer.name(),
        "context",
        context,
        "properties",
        Map.of("product_id", "shirt-1", "price", 29.90, "currency", "EUR"));
  }

  private static void refused(Customer customer) {
    assertThatThrownBy(() ->
            track(
                customer,
                ASSUMES_YES,
                "Product Added",
                "cart-" + customer.name(),
                Map.of("consent", Map.of("categoryPreferences", "none"))))
        .hasMessageContaining("answered 400")
        .hasMessageContaining("categoryPreferences");
  }

  private static void identifies(
      Customer customer, String account, Map<String, Object> consent, Instant at)
      throws DemoFailed {
    var context = new LinkedHashMap<String, Object>(consent);
    context.put("traits", Map.of("email", customer.email()));
    HTTP.post(
        ingest("/v1/identify"),
        ASSUMES_YES,
        Map.of("userId", account, "timestamp", at.toString(), "context", context));
  }

  private static void states(Customer customer, Map<String, Boolean> consents) throws DemoFailed {
    HTTP.put(
        at(platform.ports().identity(), "/v1/consents"),
        ADMIN_KEY,
        Map.of(
            "identifier",
            Map.of("type", "email", "value", customer.email()),
            "consents",
            consents,
            "source",
            "desk"));
  }

  private static void known(Customer customer) {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() ->
            HTTP.get(
                    at(platform.ports().identity(), "/v1/persons?email=" + customer.email()),
                    ADMIN_KEY)
                .has("person_id"));
  }

  private static String events() {
    return installation.all(platform.ports().sandbox(), "/_sandbox/events").toString();
  }

  private static String audiences() {
    var all = new StringBuilder();
    for (JsonNode audience : installation.all(platform.ports().sandbox(), "/_sandbox/audiences")) {
      String path = "/_sandbox/audiences/" + audience.path("id").asString() + "/members";
      all.append(installation.all(platform.ports().sandbox(), path));
    }
    return all.toString();
  }

  /** What we sent; what people wrote is theirs. */
  private static String messages() {
    return installation.all(platform.ports().sandbox(), "/_sandbox/whatsapp/messages").stream()
        .filter(message -> message.has("template") && !message.path("template").isNull())
        .map(JsonNode::toString)
        .toList()
        .toString();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ingest(String path) {
    return at(platform.ports().ingest(), path);
  }

  private static String at(int port, String path) {
    return "http://localhost:" + port + path;
  }
}
