package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rebound.quickstart.Platform;
import io.rebound.quickstart.Ports;
import io.rebound.quickstart.demo.Http;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A person is erased: at every door, in every table, and from the audiences at Meta. */
class ErasedEverywhereTest {
  private static final Http HTTP = new Http();
  private static final String ADMIN = "demo-admin-key";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> SERVICES =
      List.of("capi-sync", "catalog-feed", "identity", "ingest", "segmentation", "whatsapp");
  private static final String BUYERS =
      """
      {"description": "Bought something", "audience": true,
       "when": {"event": "Purchase", "within": "30d"}}
      """;

  @TempDir Path data;
  private Ports ports;
  private Installation shop;
  private int number;

  @Test
  void nothing_is_left_but_the_suppression_and_who_returns_is_a_new_person() throws Exception {
    try (Platform platform = Platform.start(data, Ports.free(), false, _ -> {})) {
      ports = platform.ports();
      shop = Installation.quickstart(ports);
      var databases = new Databases(ports.postgres());
      HTTP.put(at(ports.segmentation(), "/v1/segments/buyers"), ADMIN, BUYERS);
      shop.post(List.of(visit("ada"), purchase("ada"), purchase("eve")));
      refused("ada");
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(members()).hasSize(2));
      JsonNode ada = person("ada");
      JsonNode eve = person("eve");
      assertThat(ada).isNotNull();
      assertThat(eve).isNotNull();
      Traces traces = Traces.of(List.of(ada));
      Results.settle(shop);
      assertThat(traces.in(databases))
          .anySatisfy(table -> assertThat(table).startsWith("identity."))
          .anySatisfy(table -> assertThat(table).startsWith("segmentation."))
          .anySatisfy(table -> assertThat(table).startsWith("capi-sync."))
          .anySatisfy(table -> assertThat(table).startsWith("ingest."))
          .anySatisfy(table -> assertThat(table).startsWith("whatsapp."));

      long start = System.nanoTime();
      JsonNode asked =
          shop.post(
              ports.identity(),
              "/v1/privacy/requests",
              Map.of(
                  "type",
                  "erasure",
                  "identifier",
                  Map.of("type", "email", "value", "ADA@shop.example ")));
      JsonNode done = finished(asked.path("request_id").asString());
      System.out.printf("Erased in %d ms%n", (System.nanoTime() - start) / 1_000_000);

      List<String> answered = new ArrayList<>();
      done.path("receipts").forEach(one -> answered.add(one.path("service").asString()));
      assertThat(answered).containsExactlyInAnyOrderElementsOf(SERVICES);
      assertThat(members()).hasSize(1);
      assertThat(person("ada")).isNull();
      assertThat(person("eve")).isEqualTo(eve);
      String id = ada.path("person_id").asString();
      assertThat(shop.find(ports.identity(), "/v1/persons/" + id)).isNull();
      assertThat(shop.find(ports.segmentation(), "/v1/persons/" + id)).isNull();
      Results.settle(shop);
      assertThat(traces.in(databases)).allMatch(Traces::mayRemain);

      shop.post(List.of(purchase("ada")));
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(person("ada")).isNotNull());
      assertThat(person("ada").path("person_id").asString()).isNotEqualTo(id);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(members()).hasSize(2));
    }
  }

  private JsonNode finished(String request) {
    JsonNode[] last = new JsonNode[1];
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> {
          last[0] = shop.get(ports.identity(), "/v1/privacy/requests/" + request);
          assertThat(last[0].path("status").asString()).isEqualTo("completed");
        });
    return last[0];
  }

  private List<String> members() {
    List<String> members = new ArrayList<>();
    for (JsonNode audience : shop.all(ports.sandbox(), "/_sandbox/audiences")) {
      String path = "/_sandbox/audiences/" + audience.path("id").asString() + "/members";
      shop.all(ports.sandbox(), path).forEach(member -> members.add(member.toString()));
    }
    return members;
  }

  private @Nullable JsonNode person(String name) {
    return shop.find(ports.identity(), "/v1/persons?email=" + name + "@shop.example");
  }

  private Map<String, Object> purchase(String name) {
    Map<String, Object> message = message(name);
    message.put("event", "Order Completed");
    message.put("properties", Map.of("order_id", "o-" + number, "total", 20, "currency", "EUR"));
    return message;
  }

  private Map<String, Object> visit(String name) {
    Map<String, Object> message = message(name);
    message.put("event", "Product Viewed");
    message.put("properties", Map.of("product_id", "sku-1"));
    return message;
  }

  // a purchase needs a currency
  private void refused(String name) {
    Map<String, Object> message = message(name);
    message.put("event", "Order Completed");
    message.put("properties", Map.of("total", 20, "currency", "no currency at all"));
    assertThatThrownBy(() -> HTTP.post(at(ports.ingest(), "/v1/track"), "demo-write-key", message))
        .hasMessageContaining(" answered 400");
  }

  private Map<String, Object> message(String name) {
    var message = new HashMap<String, Object>();
    message.put("type", "track");
    message.put("messageId", "m-" + ++number);
    message.put("timestamp", Instant.now().toString());
    message.put("userId", "user-" + name);
    message.put("anonymousId", "browser-" + name);
    message.put(
        "context",
        Map.of(
            "traits",
            Map.of(
                "email",
                name + "@shop.example",
                "phone",
                name.equals("ada") ? "+4917612345678" : "+4917612345679"),
            "consent",
            Map.of(
                "categoryPreferences",
                Map.of("advertising", true, "personalization", true, "messaging", true))));
    return message;
  }

  private static String at(int port, String path) {
    return "http://localhost:" + port + path;
  }
}
