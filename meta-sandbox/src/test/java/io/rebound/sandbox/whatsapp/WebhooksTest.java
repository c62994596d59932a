package io.rebound.sandbox.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How webhooks arrive: late, twice, mixed, out of order, forged, again; and after a kill. */
class WebhooksTest {
  private static final String TROUBLE = "/_sandbox/whatsapp/webhooks";
  private static final String TEXT = "\"type\": \"text\", \"text\": {\"body\": \"Hello\"}";

  @TempDir Path scratch;

  @Test
  void notifications_come_twice_and_out_of_order_when_that_is_wanted() throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.caller()
          .put(TROUBLE, "{\"duplicate\": 100, \"shuffle\": true, \"within_ms\": 300, \"seed\": 7}");
      for (int i = 0; i < 20; i++) {
        shop.customer("\"text\": \"" + i + "\"");
      }

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(40));
      List<String> texts =
          shop.messages().stream().map(one -> one.path("text").path("body").asString()).toList();
      assertThat(new HashSet<>(texts)).hasSize(20);
      List<String> firsts = texts.stream().distinct().toList();
      assertThat(firsts)
          .isNotEqualTo(
              firsts.stream().sorted((a, b) -> Integer.valueOf(a) - Integer.valueOf(b)).toList());
    }
  }

  @Test
  void a_batch_holds_messages_statuses_and_other_fields_in_one_body() throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.caller().put(TROUBLE, "{\"batch\": 1000, \"within_ms\": 1500, \"seed\": 3}");
      for (int i = 0; i < 10; i++) {
        shop.customer("\"text\": \"Hi\"");
        shop.send(TEXT);
      }
      shop.customer("\"type\": \"stop\"");

      await()
          .untilAsserted(() -> {
            assertThat(shop.messages()).hasSize(10);
            assertThat(shop.statusWords()).hasSize(20);
            assertThat(shop.values("user_preferences")).hasSize(1);
          });
      assertThat(shop.bodies()).hasSizeLessThan(20);
      assertThat(
              shop.bodies().stream()
                  .map(JsonMapper.shared()::readTree)
                  .flatMap(body -> body.path("entry").valueStream())
                  .flatMap(entry -> entry.path("changes").valueStream())
                  .anyMatch(change -> change.path("value").path("statuses").size() > 1))
          .isTrue();
    }
  }

  @Test
  void what_somebody_else_signed_is_told_apart_and_an_old_event_comes_again() throws Exception {
    try (var shop = ListeningShop.instant()) {
      shop.caller().put(TROUBLE, "{\"bad_signature\": 100}");
      shop.customer("\"text\": \"Hi\"");
      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(1));
      await()
          .untilAsserted(() ->
              assertThat(shop.caller().get(TROUBLE).json().path("taken").asInt()).isEqualTo(1));
      JsonNode counts = shop.caller().get(TROUBLE).json();
      assertThat(counts.path("forged").asInt()).isEqualTo(1);
      assertThat(counts.path("forged_taken").asInt()).isZero();

      var replayed = shop.caller().post(TROUBLE + "/replay", "{\"position\": 1}");

      assertThat(replayed.json().path("taken").asBoolean()).isTrue();
      assertThat(shop.bodies()).hasSize(2);
      assertThat(shop.bodies().get(1)).isEqualTo(shop.bodies().get(0));
      assertThat(shop.caller().post(TROUBLE + "/replay", "{\"position\": 9}").status())
          .isEqualTo(400);
      assertThat(shop.caller().put(TROUBLE, "{\"duplicate\": 101}").status()).isEqualTo(400);
    }
  }

  @Test
  void lifelike_statuses_come_in_their_time_and_not_all_messages_are_read() throws Exception {
    try (var shop = ListeningShop.lifelike()) {
      shop.customer("\"text\": \"Hi\"");
      for (int i = 0; i < 60; i++) {
        shop.send(TEXT);
      }
      shop.clockAhead(60);
      await()
          .untilAsserted(
              () -> assertThat(shop.statusWords().stream().filter("sent"::equals)).hasSize(60));
      shop.clockAhead(3 * 3600);

      // 2 in 100 are never delivered, 5 are read without it, 30 are never read
      await()
          .untilAsserted(() -> {
            List<String> words = shop.statusWords();
            assertThat(words.stream().filter("read"::equals)).hasSizeBetween(30, 55);
            assertThat(words.stream().filter("delivered"::equals)).hasSizeBetween(45, 59);
            assertThat(shop.bodies()).hasSize(1 + words.size()); // each has a post of its own
          });
      JsonNode read =
          shop.statuses().stream()
              .filter(one -> one.path("status").asString().equals("read"))
              .findFirst()
              .orElseThrow();
      assertThat(read.path("timestamp").asLong())
          .isGreaterThan(shop.statuses().getFirst().path("timestamp").asLong());
    }
  }

  @Test
  void a_lifelike_webhook_that_was_down_is_told_later() throws Exception {
    try (var shop = ListeningShop.lifelike()) {
      shop.isDown(true);
      shop.customer("\"text\": \"Hi\"");
      await().untilAsserted(() -> assertThat(refused(shop)).isEqualTo(1));
      shop.clockAhead(6);
      await().untilAsserted(() -> assertThat(refused(shop)).isEqualTo(2));
      shop.isDown(false);
      assertThat(shop.bodies()).isEmpty();

      shop.clockAhead(60);

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(1));
    }
  }

  @Test
  void a_lifelike_webhook_that_stays_down_for_a_week_misses_what_happened() throws Exception {
    try (var shop = ListeningShop.lifelike()) {
      shop.isDown(true);
      shop.customer("\"text\": \"Hi\"");
      for (int attempt = 1; attempt <= 34; attempt++) {
        int attempts = attempt;
        await().untilAsserted(() -> assertThat(refused(shop)).isEqualTo(attempts));
        shop.clockAhead(attempt * 8L * 3600);
      }
      shop.isDown(false);
      shop.clockAhead(60L * 24 * 3600);
      shop.customer("\"text\": \"Still there?\"");

      await().untilAsserted(() -> assertThat(shop.messages()).hasSize(1));
      assertThat(shop.messages().getFirst().path("text").path("body").asString())
          .isEqualTo("Still there?");
    }
  }

  @Test
  void what_was_not_told_yet_and_what_persons_want_survive_a_kill() throws Exception {
    Path found = scratch.resolve("found");
    try (var shop = lifelike(scratch.resolve("killed/state"))) {
      shop.isDown(true);
      shop.caller()
          .post(
              ListeningShop.TEMPLATES,
              """
              {"name": "offer", "language": "en", "category": "MARKETING",
               "components": [{"type": "BODY", "text": "New in the shop"}]}
              """);
      shop.customer("\"text\": \"Hi\"");
      shop.customer("\"type\": \"username\", \"username\": \"ada.l\"");
      shop.customer("\"type\": \"stop\"");
      shop.send(TEXT);
      // what the disk holds at this moment is what a killed process leaves behind
      copy(scratch.resolve("killed"), found);
    }

    try (var shop = lifelike(found.resolve("state"))) {
      shop.clockAhead(3 * 3600);
      await()
          .untilAsserted(() -> {
            assertThat(shop.messages()).hasSize(1);
            assertThat(shop.values("user_preferences")).hasSize(1);
            assertThat(shop.values("message_template_status_update")).hasSize(1);
            assertThat(shop.statusWords()).contains("sent");
          });
      JsonNode person = shop.caller().get("/_sandbox/whatsapp/persons").json().path("data").path(0);
      assertThat(person.path("username").asString()).isEqualTo("ada.l");
      assertThat(person.path("traits").path(0).asString()).isEqualTo("stopped");

      shop.send(
          "\"type\": \"template\", \"template\": {\"name\": \"offer\", \"language\": {\"code\": \"en\"}}");
      shop.clockAhead(4 * 3600);

      await().untilAsserted(() -> assertThat(shop.statusWords()).contains("failed"));
    }
  }

  @Test
  void the_person_longest_left_alone_is_forgotten_first() throws Exception {
    try (var shop = new ListeningShop(Map.of("sandbox.bounds.persons", 2))) {
      for (int i = 0; i < 4; i++) {
        shop.caller()
            .post(
                "/_sandbox/whatsapp/inbound",
                "{\"from\": \"+49151000000%d\", \"type\": \"stop\"}".formatted(i));
      }

      JsonNode persons = shop.caller().get("/_sandbox/whatsapp/persons").json().path("data");
      assertThat(persons).hasSize(2);
      assertThat(persons.path(0).path("number").asString()).isEqualTo("491510000003");
    }
  }

  private static int refused(ListeningShop shop) {
    return shop.caller().get(TROUBLE).json().path("refused").asInt();
  }

  private static ListeningShop lifelike(Path journal) throws Exception {
    return new ListeningShop(
        Map.of("sandbox.profile", "lifelike", "sandbox.journal", journal.toString()));
  }

  private static void copy(Path from, Path to) throws Exception {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
