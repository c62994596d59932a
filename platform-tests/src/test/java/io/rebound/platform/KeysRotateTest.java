package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.quickstart.Platform;
import io.rebound.quickstart.Ports;
import io.rebound.quickstart.keys.KeysCommand;
import io.rebound.sealing.Opener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** All keys are replaced while events flow, and nobody notices. */
class KeysRotateTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path scratch;
  private final StringBuffer said = new StringBuffer();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Set<String> answered = new ConcurrentSkipListSet<>();
  private Installation installation;
  private int number;

  @Test
  void all_keys_are_replaced_while_events_flow() throws Exception {
    Path data = scratch.resolve("data");
    Path keys = data.resolve("keys");
    try (Platform platform = Platform.start(data, Ports.free(), false, _ -> {})) {
      installation = Installation.quickstart(platform.ports());
      post(identify("silent", Map.of("email", "silent@shop.example", "phone", "+4915112345601")));
      post(identify("regular", Map.of("email", "regular@shop.example")));
      String silent = person("email=silent@shop.example");
      String regular = person("email=regular@shop.example");
      List<Long> old =
          List.of(
              Opener.fromPrivateKeyset(keys.resolve("capi-sync.private.json")).primaryKey(),
              Opener.fromPrivateKeyset(keys.resolve("whatsapp.private.json")).primaryKey());
      CompletableFuture<Void> load = CompletableFuture.runAsync(() -> shop(silent, regular));

      assertThat(command(keys, "rotate", "pepper")).isZero();
      assertThat(command(keys, "rotate", "capi-sync")).isZero();
      assertThat(command(keys, "rotate", "whatsapp")).isZero();
      assertThat(command(keys, "rotate", "quarantine")).isZero();
      String oldQuarantine = afterwards("./rebound keys drop quarantine ([0-9]+)");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(
                      installation.get(
                          platform.ports().ingest(), "/v1/audit?action=key_file.changed"))
                  .asString()
                  .contains("quarantine.json"));
      // who comes by is known by the new pseudonym too
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            post(identify("regular", Map.of("email", "regular@shop.example")));
            assertThat(pseudonyms("external_id=regular")).anyMatch(one -> one.startsWith("k2."));
            assertSame(regular, "email=regular@shop.example");
          });
      assertThat(pseudonyms("email=silent@shop.example")).allMatch(one -> one.startsWith("k1."));

      // who doesn't come by, by the operator's command
      assertThat(command(keys, "rekey")).as(said.toString()).isZero();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(
                      pseudonyms("phone=%2B4915112345601").stream()
                          .filter(one -> one.startsWith("k2.")))
                  .hasSize(4)); // e-mail, account, and a number's two hashes
      assertSame(silent, "email=silent@shop.example");
      said.setLength(0);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            said.setLength(0);
            assertThat(command(keys, "rekey")).isZero();
            // nothing left to do but, perhaps, what has just come
            assertThat(said).contains("0 couldn't be opened").contains("0 identifiers have no new");
          });
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            for (int port :
                List.of(
                    platform.ports().identity(),
                    platform.ports().capiSync(),
                    platform.ports().whatsapp())) {
              assertThat(rows(port, old)).as("port %d", port).isZero();
            }
          });

      assertThat(command(keys, "retire", "k1")).isZero();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            String visitor = "visitor-" + ++number;
            post(identify(visitor, Map.of("email", visitor + "@shop.example")));
            assertThat(pseudonyms("external_id=" + visitor))
                .hasSize(2)
                .allMatch(one -> one.startsWith("k2."));
          });
      assertThat(command(keys, "drop", "capi-sync", String.valueOf(old.getFirst()))).isZero();
      assertThat(command(keys, "drop", "whatsapp", String.valueOf(old.getLast()))).isZero();
      assertThat(command(keys, "drop", "quarantine", oldQuarantine)).isZero();

      // who comes back after all that is who they were, and goes to Meta with all their keys
      post(purchase("silent", "comeback"));
      answered.add("comeback");
      assertSame(silent, "external_id=silent");
      stopped.set(true);
      load.join();
      Results.settle(installation);
      List<JsonNode> events =
          installation.all(platform.ports().sandbox(), "/_sandbox/events").stream().toList();
      Set<String> delivered =
          events.stream()
              .map(event -> event.path("event_id").asString())
              .collect(Collectors.toSet());
      assertThat(delivered).containsAll(answered);
      JsonNode comeback =
          events.stream()
              .filter(event -> event.path("event_id").asString().equals("comeback"))
              .findFirst()
              .orElseThrow();
      assertThat(comeback.path("user_data").path("em")).hasSize(1);
      assertThat(comeback.path("user_data").path("ph")).hasSize(1);
      assertThat(installation.get(platform.ports().identity(), "/v1/audit?action=persons.rekeyed"))
          .asString()
          .contains("\"envelopes\"");
    }
  }

  /** Two hundred customers, until it is told to stop; and somebody who looks two of them up. */
  private void shop(String silent, String regular) {
    while (!stopped.get()) {
      assertSame(silent, "phone=%2B4915112345601");
      assertSame(regular, "email=regular@shop.example");
      var batch = new ArrayList<Map<String, Object>>();
      for (int event = 0; event < 10; event++) {
        String id = "order-" + answered.size() + "-" + event;
        batch.add(purchase("customer-" + (answered.size() + event) % 200, id));
      }
      installation.post(batch); // throws what isn't answered with 200
      batch.forEach(event -> answered.add((String) event.get("messageId")));
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private void post(Map<String, Object> message) {
    installation.post(List.of(message));
  }

  private Map<String, Object> identify(String userId, Map<String, Object> traits) {
    return Map.of(
        "type", "identify", "messageId", "i-" + ++number, "userId", userId, "traits", traits);
  }

  private static Map<String, Object> purchase(String userId, String id) {
    return new HashMap<>(
        Map.of(
            "type",
            "track",
            "event",
            "Order Completed",
            "messageId",
            id,
            "userId",
            userId,
            "timestamp",
            Instant.now().toString(),
            "properties",
            Map.of("order_id", id, "total", 1, "currency", "EUR")));
  }

  /**
   * Somebody is found at once, and it is that person, who may have become an alias of the person of
   * a new pseudonym. An answer given while that happened may be half of one and half of the other.
   */
  private void assertSame(String person, String query) {
    await()
        .untilAsserted(() -> {
          JsonNode found =
              installation.get(installation.ports().identity(), "/v1/persons?" + query);
          assertThat(found.path("person_id") + " " + found.path("merged_from")).contains(person);
        });
  }

  private String person(String query) {
    return lookup(query).path("person_id").stringValue();
  }

  private List<String> pseudonyms(String query) {
    return lookup(query)
        .path("identifiers")
        .valueStream()
        .map(identifier -> identifier.path("pseudonym").stringValue())
        .toList();
  }

  private JsonNode lookup(String query) {
    var found = new JsonNode[1];
    await()
        .atMost(PATIENCE)
        .ignoreExceptions() // a new person takes a moment from the door to here
        .until(() -> {
          found[0] = installation.get(installation.ports().identity(), "/v1/persons?" + query);
          return true;
        });
    return found[0];
  }

  private double rows(int port, List<Long> keys) {
    double rows = 0;
    for (Long key : keys) {
      var matcher =
          Pattern.compile(
                  "^rebound_\\w+_sealed_rows\\{[^}]*key=\"" + key + "\"[^}]*} (\\S+)",
                  Pattern.MULTILINE)
              .matcher(installation.metrics(port));
      while (matcher.find()) {
        rows += Double.parseDouble(matcher.group(1));
      }
    }
    return rows;
  }

  /** What the last command says that comes next. */
  private String afterwards(String command) {
    Matcher next = Pattern.compile(command).matcher(said);
    assertThat(next.find()).as(said.toString()).isTrue();
    return next.group(1);
  }

  private int command(Path keys, String... words) {
    var out = new ByteArrayOutputStream();
    try (var printed = new PrintStream(out)) {
      return new KeysCommand(
              keys,
              "http://localhost:" + installation.ports().identity(),
              installation.adminKey(),
              null,
              printed)
          .run(List.of(words));
    } finally {
      said.append(out);
    }
  }
}
