package io.rebound.sandbox.catalog;

import static io.rebound.sandbox.catalog.FeedServer.HEADER;
import static io.rebound.sandbox.catalog.FeedServer.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.Sandboxes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FeedsTest {
  private static final String COUNTS =
      "?fields=id,end_time,url,input_method,num_detected_items,num_persisted_items,"
          + "num_invalid_items,num_deleted_items,error_count,warning_count,error_report";

  private final FeedServer server = FeedServer.start();
  private CatalogueCaller shop = new CatalogueCaller(Sandboxes.fresh());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_scheduled_feed_is_fetched_when_the_clock_says_so() {
    server.serves(HEADER + row("S-1", "29.90 EUR") + row("S-2", "9.90 EUR"));
    String feed = create("schedule");
    assertThat(shop.products()).isEmpty();

    shop.clockMovesTo(Duration.ofMinutes(61));

    await().untilAsserted(() -> assertThat(shop.products()).containsExactly("S-1", "S-2"));
    JsonNode upload = newestUpload(feed);
    assertThat(upload.path("input_method").asString()).isEqualTo("Server Fetch");
    assertThat(upload.path("num_detected_items").asInt()).isEqualTo(2);
    assertThat(upload.path("num_persisted_items").asInt()).isEqualTo(2);
    assertThat(server.authorization())
        .isEqualTo("Basic " + Base64.getEncoder().encodeToString("shop:secret".getBytes(UTF_8)));
    JsonNode schedule =
        shop.meta().get("/v26.0/" + feed + "?fields=schedule").json().path("schedule");
    assertThat(schedule.has("next_scheduled_upload_time")).isTrue();
    assertThat(schedule.has("password")).isFalse();
  }

  @Test
  void a_replacing_feed_deletes_its_own_items_that_are_gone_and_no_others() {
    shop.create("API-1", "29.90 EUR", "");
    server.serves(HEADER + row("S-1", "29.90 EUR") + row("S-2", "9.90 EUR"));
    String feed = create("schedule");
    upload(feed, "");

    server.serves(HEADER + row("S-2", "8.90 EUR"));
    JsonNode second = upload(feed, "");

    assertThat(second.path("num_deleted_items").asInt()).isEqualTo(1);
    assertThat(shop.products()).containsExactly("API-1", "S-2");
    assertThat(shop.products(feed)).containsExactly("S-2");
    server.serves(HEADER);
    upload(feed, ""); // a file of nothing but its header empties the feed
    assertThat(shop.products()).containsExactly("API-1");
  }

  @Test
  void an_update_lays_its_fields_over_the_items_and_deletes_nothing() {
    server.serves(HEADER + row("S-1", "29.90 EUR") + row("S-2", "9.90 EUR"));
    String feed = create("update_schedule");
    upload(feed, "");

    server.serves("id\tprice\nS-1\t19.90\nS-9\t1.00 EUR\n");
    JsonNode update = upload(feed, ",\"update_only\":true");

    assertThat(update.path("num_persisted_items").asInt()).isEqualTo(1);
    assertThat(update.path("num_invalid_items").asInt()).isEqualTo(1);
    JsonNode items = shop.meta().get("/_sandbox/catalogs/3000000003/items").json().path("data");
    assertThat(items).hasSize(2);
    assertThat(items.path(0).path("price").asString()).isEqualTo("19.90 EUR");
    assertThat(items.path(0).path("title").asString()).isEqualTo("Shirt, \"trail\"");
    assertThat(items.path(0).path("description").asString()).isEqualTo("Two\nlines");
  }

  @Test
  void a_fetch_that_fails_changes_nothing() {
    server.serves(HEADER + row("S-1", "29.90 EUR"));
    String feed = create("schedule");
    upload(feed, "");

    server.fails(503);
    JsonNode failed = upload(feed, "");

    assertThat(failed.path("error_count").asInt()).isEqualTo(1);
    assertThat(errors(failed).path(0).path("error_type").asString()).isEqualTo("FETCH_FAILED");
    assertThat(shop.products()).containsExactly("S-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "title,price\nShirt,1.00 EUR\n", "id,title\n\"S-1,Shirt\n"})
  void a_file_that_is_none_changes_nothing(String text) {
    server.serves(HEADER + row("S-1", "29.90 EUR"));
    String feed = create("schedule");
    upload(feed, "");

    server.serves(text);
    JsonNode failed = upload(feed, "");

    assertThat(failed.path("error_count").asInt()).isEqualTo(1);
    assertThat(shop.products()).containsExactly("S-1");
  }

  @Test
  void bad_rows_are_told_by_type_and_an_id_that_comes_twice_counts_as_neither() {
    server.serves(
        HEADER
            + row("S-1", "29.90 EUR")
            + row("S-2", "")
            + row("S-3", "\"29,90 €\"")
            + row("S-4", "1.00 EUR")
            + row("S-4", "2.00 EUR"));

    JsonNode upload = upload(create("schedule"), "");

    assertThat(shop.products()).containsExactly("S-1");
    assertThat(upload.path("num_detected_items").asInt()).isEqualTo(5);
    assertThat(upload.path("num_invalid_items").asInt()).isEqualTo(4);
    assertThat(errors(upload).valueStream())
        .extracting(
            error -> error.path("error_type").asString(),
            error -> error.path("total_count").asInt(),
            error -> error.at("/samples/data/0/retailer_id").asString())
        .containsExactlyInAnyOrder(
            tuple("EMPTY_PRICE", 1, "S-2"),
            tuple("INVALID_PRICE", 1, "S-3"),
            tuple("DUPLICATE_ID", 2, "S-4"));
  }

  @Test
  void a_bad_optional_field_is_left_out_with_a_warning() {
    server.serves(
        HEADER.replace("\n", ",sale_price,shoe_size\n")
            + row("S-1", "29.90 EUR").replace("Alder\n", "Alder,cheap,42\n"));

    JsonNode upload = upload(create("schedule"), "");

    assertThat(upload.path("warning_count").asInt()).isEqualTo(1);
    assertThat(upload.path("error_count").asInt()).isZero();
    JsonNode item = shop.meta().get("/_sandbox/catalogs/3000000003/items").json().at("/data/0");
    assertThat(item.has("sale_price")).isFalse();
    assertThat(item.has("shoe_size")).isFalse();
  }

  @Test
  void an_error_report_is_written_when_it_is_asked_for() {
    server.serves(HEADER + row("S-2", ""));
    JsonNode upload = upload(create("schedule"), "");
    assertThat(upload.at("/error_report/report_status").asString()).isEqualTo("NOT_REQUESTED");
    String node = "/v26.0/" + upload.path("id").asString();

    assertThat(shop.meta().post(node + "/error_report", "{}").json().path("success").asBoolean())
        .isTrue();

    JsonNode report = shop.meta().get(node + COUNTS).json().path("error_report");
    assertThat(report.path("report_status").asString()).isEqualTo("WRITE_FINISHED");
    URI file = URI.create(report.path("file_handle").asString());
    assertThat(shop.meta().withToken(null).get(file.getPath()).text())
        .contains("\"S-2\",\"A required field is missing: price\",\"FATAL\",\"price\"");
  }

  @Test
  void a_file_may_be_gzipped_and_begin_with_a_byte_order_mark() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zipped = new GZIPOutputStream(bytes)) {
      zipped.write(("\uFEFF" + HEADER + row("S-1", "29.90 EUR")).getBytes(UTF_8));
    }
    server.serves(bytes.toByteArray());

    assertThat(upload(create("schedule"), "").path("num_persisted_items").asInt()).isEqualTo(1);
  }

  @Test
  void a_file_that_is_too_big_or_too_late_changes_nothing() {
    Map<String, Object> impatient =
        Map.of(
            "server.port", 0,
            "sandbox.journal", "",
            "sandbox.feeds.max-size", "1KB",
            "sandbox.feeds.timeout", "1s");
    try (MetaSandbox sandbox = MetaSandbox.start(impatient)) {
      shop = new CatalogueCaller(new Caller(sandbox.baseUrl()));
      String feed = create("schedule");
      server.serves(HEADER + row("S-1", "29.90 EUR").repeat(20));
      JsonNode big = upload(feed, "");
      server.serves(HEADER + row("S-1", "29.90 EUR"));
      server.stalls();
      JsonNode late = upload(feed, "");

      assertThat(errors(big).at("/0/error_type").asString()).isEqualTo("FETCH_FAILED");
      assertThat(errors(late).at("/0/summary").asString()).contains("didn't come within 1 s");
      assertThat(shop.products()).isEmpty();
    }
  }

  @Test
  void a_feed_its_times_and_whose_items_are_whose_survive_a_kill(@TempDir Path scratch)
      throws IOException {
    Path found = Files.createDirectory(scratch.resolve("found"));
    server.serves(HEADER + row("S-1", "29.90 EUR") + row("S-2", "29.90 EUR"));
    String feed;
    try (MetaSandbox killed = start(scratch)) {
      shop = new CatalogueCaller(new Caller(killed.baseUrl()));
      feed = create("schedule");
      upload(feed, "");
      // what the disk holds at this moment is what a killed process leaves behind
      try (Stream<Path> files = Files.list(scratch)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          Files.copy(file, found.resolve(file.getFileName()));
        }
      }
    }

    try (MetaSandbox again = start(found)) {
      shop = new CatalogueCaller(new Caller(again.baseUrl()));
      assertThat(newestUpload(feed).path("num_persisted_items").asInt()).isEqualTo(2);
      server.serves(HEADER + row("S-2", "29.90 EUR"));
      shop.clockMovesTo(Duration.ofMinutes(61));
      await().untilAsserted(() -> assertThat(shop.products(feed)).containsExactly("S-2"));
      assertThat(shop.products()).containsExactly("S-2");
    }
  }

  @Test
  void what_is_due_is_fetched_at_once_when_asked_for() {
    server.serves(HEADER + row("S-1", "29.90 EUR"));
    create("schedule");
    assertThat(shop.meta().post("/_sandbox/feeds/fetch", "{}").json().path("uploads")).isEmpty();
    shop.clockMovesTo(Duration.ofMinutes(61));

    shop.meta().post("/_sandbox/feeds/fetch", "{}");

    assertThat(shop.products()).containsExactly("S-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\":\"https://shop.example/f\",\"interval\":\"MINUTELY\"}",
        "{\"url\":\"https://shop.example/f\",\"interval\":\"DAILY\",\"hour\":24}",
        "{\"url\":\"https://shop.example/f\",\"interval\":\"DAILY\",\"timezone\":\"Mars/North\"}",
        "{\"url\":\"/f\",\"interval\":\"DAILY\"}"
      })
  void a_schedule_that_makes_no_sense_is_refused(String schedule) {
    Caller.Reply reply =
        shop.meta()
            .post(
                CatalogueCaller.CATALOGUE + "product_feeds",
                "{\"name\":\"Feed\",\"schedule\":%s}".formatted(schedule));

    assertThat(reply.error().path("code").asInt()).isEqualTo(100);
  }

  @Test
  void a_feed_is_listed_changed_and_deleted() {
    String feed = create("schedule");

    shop.meta().post("/v26.0/" + feed, "{\"name\":\"Renamed\"}");

    assertThat(
            shop.meta()
                .get(CatalogueCaller.CATALOGUE + "product_feeds")
                .json()
                .at("/data/0/name")
                .asString())
        .isEqualTo("Renamed");
    assertThat(
            shop.meta()
                .post("/v26.0/" + feed, "{\"deletion_enabled\":false}")
                .error()
                .path("code")
                .asInt())
        .isEqualTo(100);
    shop.meta().delete("/v26.0/" + feed, null);
    assertThat(shop.meta().get("/v26.0/" + feed).error().path("error_subcode").asInt())
        .isEqualTo(33);
  }

  private static MetaSandbox start(Path folder) {
    return MetaSandbox.start(
        Map.of("server.port", 0, "sandbox.journal", folder.resolve("state").toString()));
  }

  private String create(String schedule) {
    return shop.meta()
        .post(
            CatalogueCaller.CATALOGUE + "product_feeds",
            """
            {"name":"Feed","default_currency":"EUR","%s":{"url":"%s","interval":"HOURLY",\
            "username":"shop","password":"secret"}}\
            """
                .formatted(schedule, server.url()))
        .json()
        .path("id")
        .asString();
  }

  /** Uploads the server's file, and waits for the end. */
  private JsonNode upload(String feed, String more) {
    String id =
        shop.meta()
            .post("/v26.0/" + feed + "/uploads", "{\"url\":\"%s\"%s}".formatted(server.url(), more))
            .json()
            .path("id")
            .asString();
    await().until(() -> session(id).has("end_time"));
    return session(id);
  }

  private JsonNode session(String id) {
    return shop.meta().get("/v26.0/" + id + COUNTS).json();
  }

  private JsonNode newestUpload(String feed) {
    return shop.meta().get("/v26.0/" + feed + "/uploads" + COUNTS).json().at("/data/0");
  }

  private JsonNode errors(JsonNode upload) {
    return shop.meta()
        .get("/v26.0/" + upload.path("id").asString() + "/errors")
        .json()
        .path("data");
  }
}
