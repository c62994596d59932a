package io.rebound.sandbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifelikeCatalogueTest {
  private static MetaSandbox sandbox;

  private CatalogueCaller shop;

  @BeforeAll
  static void start() {
    sandbox = start("");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void reset() {
    shop = new CatalogueCaller(new Caller(sandbox.baseUrl()));
    shop.meta().post("/_sandbox/reset", "{}");
  }

  @Test
  void a_batch_is_in_progress_for_two_minutes() {
    Reply batch = shop.create("S-1", "29.90 EUR", "");

    assertThat(shop.status(batch).path("status").asString()).isEqualTo("started");
    assertThat(shop.products()).isEmpty();

    shop.clockMovesTo(Duration.ofMinutes(3));
    assertThat(shop.status(batch).path("status").asString()).isEqualTo("finished");
    assertThat(shop.products()).containsExactly("S-1");
  }

  @Test
  void the_ninth_batch_of_a_minute_is_refused() {
    for (int i = 1; i <= 8; i++) {
      assertThat(shop.create("S-" + i, "29.90 EUR", "").status()).isEqualTo(200);
    }

    Reply ninth = shop.create("S-9", "29.90 EUR", "");
    assertThat(ninth.status()).isEqualTo(400);
    assertThat(ninth.error().path("code").asInt()).isEqualTo(80014);

    shop.clockMovesTo(Duration.ofMinutes(1));
    assertThat(shop.create("S-9", "29.90 EUR", "").status()).isEqualTo(200);
  }

  @Test
  void no_item_is_taken_beyond_the_bound() {
    var two = Map.<String, Object>of("server.port", 0, "sandbox.bounds.items", 2);
    try (MetaSandbox small = MetaSandbox.start(two)) {
      var caller = new CatalogueCaller(new Caller(small.baseUrl()));
      caller.create("S-1", "29.90 EUR", "");
      caller.create("S-2", "29.90 EUR", "");

      Reply refused = caller.create("S-3", "29.90 EUR", "");

      assertThat(refused.json().path("handles")).isEmpty();
      assertThat(refused.json().at("/validation_status/0/errors/0/message").asString())
          .contains("maximum number of items");
      assertThat(caller.create("S-2", "19.90 EUR", "").json().path("handles")).hasSize(1);
      caller.batch("{\"method\":\"DELETE\",\"data\":{\"id\":\"S-1\"}}");
      assertThat(caller.create("S-3", "29.90 EUR", "").json().path("handles")).hasSize(1);
      assertThat(caller.products()).containsExactly("S-2", "S-3");
    }
  }

  @Test
  void a_batch_in_progress_and_a_product_set_survive_a_kill(@TempDir Path scratch)
      throws Exception {
    Path found = Files.createDirectory(scratch.resolve("found"));
    Reply batch;
    String set;
    try (MetaSandbox killed = start(scratch.resolve("state").toString())) {
      var caller = new CatalogueCaller(new Caller(killed.baseUrl()));
      batch = caller.create("S-1", "29.90 EUR", "");
      set =
          caller
              .meta()
              .post(CatalogueCaller.CATALOGUE + "product_sets", "{\"name\":\"All\"}")
              .json()
              .path("id")
              .asString();
      // what the disk holds at this moment is what a killed process leaves behind
      try (Stream<Path> files = Files.list(scratch)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          Files.copy(file, found.resolve(file.getFileName()));
        }
      }
    }

    try (MetaSandbox again = start(found.resolve("state").toString())) {
      var caller = new CatalogueCaller(new Caller(again.baseUrl()));
      assertThat(caller.status(batch).path("status").asString()).isEqualTo("started");
      caller.clockMovesTo(Duration.ofMinutes(3));
      assertThat(caller.status(batch).path("status").asString()).isEqualTo("finished");
      assertThat(caller.products(set)).containsExactly("S-1");
    }
  }

  private static MetaSandbox start(String journal) {
    return MetaSandbox.start(
        Map.of("server.port", 0, "sandbox.journal", journal, "sandbox.profile", "lifelike"));
  }
}
