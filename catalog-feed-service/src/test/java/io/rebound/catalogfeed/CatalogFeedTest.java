package io.rebound.catalogfeed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.rebound.consumption.CloudEvents;
import io.rebound.events.EventJson;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.PrivacyType;
import io.rebound.events.Topics;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import io.rebound.localservers.TopicDump;
import io.rebound.privacy.SealedExport;
import io.rebound.sealing.KeyFiles;
import io.rebound.sealing.Opener;
import io.rebound.startup.ServiceLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CatalogFeedTest {
  private static final String ADMIN_KEY = "an-admin-key-of-the-tests";
  private static final String FEED_TOKEN = "a-feed-token-of-the-tests";
  private static final String SHIRT =
      """
      {"title":"Trail shirt, \\"red\\"","description":"Light. Dries in 20 minutes.","availability":"in stock",
       "condition":"new","price":"29.90 EUR","link":"https://shop.example/p/1",
       "image_link":"https://img.example/1.jpg","brand":"Northpeak"}
      """;

  private static final Path KEYS = keys();

  private static ConfigurableApplicationContext service;
  private static final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    service = launch(Map.of());
  }

  private static Path keys() {
    try {
      Path keys = Files.createTempDirectory("catalog-feed-keys");
      KeyFiles.createMissing(keys);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConfigurableApplicationContext launch(Map<String, Object> more) throws Exception {
    Database database = TestServers.postgres().createDatabase("catalog");
    Map<String, Object> settings = TestServers.settings(database, TestServers.kafkaBootstrap());
    settings.put("rebound.privacy.identity-public-key-file", KEYS.resolve("identity.public.json"));
    settings.put("rebound.catalog-feed.catalog-id", "77");
    settings.put("rebound.catalog-feed.feed-token", FEED_TOKEN);
    settings.put("rebound.security.keys[0].name", "tests");
    settings.put(
        "rebound.security.keys[0].sha256",
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(ADMIN_KEY.getBytes(UTF_8))));
    settings.put("rebound.security.keys[0].scopes", "admin");
    settings.putAll(more);
    return ServiceLauncher.launch(
        CatalogFeedService.class, "catalog-feed", WebApplicationType.SERVLET, settings);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void noProducts() {
    service.getBean(JdbcClient.class).sql("truncate product").update();
  }

  @Test
  void the_audit_can_be_read_and_verified() {
    call("GET", "/v1/audit", "");
    assertThat(json(call("GET", "/v1/audit", "")).path("data").path(0).path("actor").stringValue())
        .isEqualTo("tests");
    assertThat(json(call("GET", "/v1/audit/verify", "")).path("intact").booleanValue()).isTrue();
  }

  @Test
  void who_asks_for_a_copy_or_an_erasure_is_answered_that_there_is_nothing() {
    UUID erasure = UUID.randomUUID();
    UUID access = UUID.randomUUID();
    asks(erasure, PrivacyType.ERASURE);
    asks(access, PrivacyType.ACCESS);

    assertThat(receipt(erasure).counts()).isEmpty();
    PrivacyReceipt copy = receipt(access);
    assertThat(
            SealedExport.open(
                Opener.fromPrivateKeyset(KEYS.resolve("identity.private.json")),
                "catalog-feed",
                access,
                List.of(copy.export())))
        .isEmpty();
  }

  private static void asks(UUID request, PrivacyType type) {
    var order = new PrivacyOrder(request, type, List.of(request), List.of(), Instant.now());
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", TestServers.kafkaBootstrap()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(
          CloudEvents.record("tests", Topics.PRIVACY_REQUESTS, request.toString(), order));
    }
  }

  private static PrivacyReceipt receipt(UUID request) {
    await().atMost(Duration.ofSeconds(30)).until(() -> !receipts(request).isEmpty());
    return EventJson.MAPPER.readValue(receipts(request).getFirst(), PrivacyReceipt.class);
  }

  private static List<byte[]> receipts(UUID request) {
    return TopicDump.values(TestServers.kafkaBootstrap(), "privacy-receipts", request.toString());
  }

  @Test
  void a_product_is_kept_changed_and_taken_away() {
    assertThat(call("PUT", "/v1/products/SKU-1", SHIRT).statusCode()).isEqualTo(200);
    assertThat(json(call("GET", "/v1/products/SKU-1", "")).path("price").stringValue())
        .isEqualTo("29.90 EUR");

    HttpResponse<String> patched =
        call("PATCH", "/v1/products/SKU-1", "{\"price\":\"19.90 EUR\",\"color\":\"red\"}");
    assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
    assertThat(json(patched).path("color").stringValue()).isEqualTo("red");
    assertThat(json(call("PATCH", "/v1/products/SKU-1", "{\"color\":null}")).has("color"))
        .isFalse();
    assertThat(json(call("GET", "/v1/products/SKU-1", "")).path("price").stringValue())
        .isEqualTo("19.90 EUR");

    assertThat(call("DELETE", "/v1/products/SKU-1", "").statusCode()).isEqualTo(204);
    assertThat(call("GET", "/v1/products/SKU-1", "").statusCode()).isEqualTo(404);
    assertThat(call("DELETE", "/v1/products/SKU-1", "").statusCode()).isEqualTo(404);
    assertThat(call("PATCH", "/v1/products/SKU-1", "{}").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "price|29,90 €", "price|29.90", "price|29.90 XXX1", "availability|in_stock",
        "condition|good", "link|/p/1", "image_link|ftp://img.example/1.jpg", "title|' '",
        "shoe_size|43", "quantity_to_sell_on_facebook|many"
      })
  void what_meta_would_refuse_is_refused_with_its_field(String field, String value) {
    ObjectNode product = (ObjectNode) JsonMapper.shared().readTree(SHIRT);
    product.put(field, value);

    HttpResponse<String> answer = call("PUT", "/v1/products/SKU-1", product.toString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("errors").get(0).path("field").stringValue()).isEqualTo(field);
  }

  @Test
  void who_changed_products_is_audited_and_what_was_refused_is_not() {
    String id = "audited-" + java.util.UUID.randomUUID();
    call("PUT", "/v1/products/" + id, SHIRT);
    call("PATCH", "/v1/products/" + id, "{\"price\":\"1.00 EUR\"}");
    call("PATCH", "/v1/products/" + id, "{\"price\":\"cheap\"}");
    call("DELETE", "/v1/products/" + id, "");
    call("DELETE", "/v1/products/" + id, "");
    call("POST", "/v1/products/import", line("P-1") + "\n" + line("P-2"));

    assertThat(audited("subject=product:" + id))
        .containsExactly("product.deleted", "product.changed", "product.changed");
    assertThat(
            json(call("GET", "/v1/audit?action=products.imported&limit=1", ""))
                .path("data")
                .path(0)
                .path("details")
                .path("products")
                .stringValue())
        .isEqualTo("2");
  }

  private static List<String> audited(String query) {
    return json(call("GET", "/v1/audit?" + query, ""))
        .path("data")
        .valueStream()
        .map(entry -> entry.path("action").stringValue())
        .filter(action -> !action.equals("audit.read"))
        .toList();
  }

  @Test
  void a_product_without_a_field_that_meta_needs_is_refused() {
    ObjectNode product = (ObjectNode) JsonMapper.shared().readTree(SHIRT);
    product.remove("brand");

    HttpResponse<String> answer = call("PUT", "/v1/products/SKU-1", product.toString());

    assertThat(json(answer).path("errors").get(0).path("field").stringValue()).isEqualTo("brand");
    call("PUT", "/v1/products/SKU-1", SHIRT);
    assertThat(call("PATCH", "/v1/products/SKU-1", "{\"brand\":null}").statusCode()).isEqualTo(400);
  }

  @Test
  void an_import_keeps_the_good_lines_and_names_the_bad_ones() {
    String lines =
        IntStream.rangeClosed(1, 1200)
            .mapToObj(number -> number == 700 ? "{\"id\":\"x\"" : line("P-" + number))
            .collect(Collectors.joining("\n"));

    JsonNode answer = json(call("POST", "/v1/products/import", lines));

    assertThat(answer.path("imported").intValue()).isEqualTo(1199);
    assertThat(answer.path("rejected").intValue()).isEqualTo(1);
    assertThat(answer.path("errors").get(0).path("line").intValue()).isEqualTo(700);
    assertThat(feed()).hasSize(1199);
  }

  private static String line(String id) {
    ObjectNode product = (ObjectNode) JsonMapper.shared().readTree(SHIRT);
    return product.put("id", id).toString();
  }

  @Test
  void the_feed_has_every_product_under_metas_names() {
    call("PUT", "/v1/products/B", SHIRT);
    call("PUT", "/v1/products/A", SHIRT);

    List<NamedCsvRecord> feed = feed();

    assertThat(feed.stream().map(row -> row.getField("id"))).containsExactly("A", "B");
    assertThat(feed.getFirst().getField("title")).isEqualTo("Trail shirt, \"red\"");
    assertThat(feed.getFirst().getField("price")).isEqualTo("29.90 EUR");
    assertThat(feed.getFirst().getHeader())
        .contains("id", "availability", "image_link", "sale_price", "custom_label_0");
  }

  private static List<NamedCsvRecord> feed() {
    HttpResponse<String> feed = anonymous("/feeds/77.csv?token=" + FEED_TOKEN, null);
    assertThat(feed.statusCode()).as(feed.body()).isEqualTo(200);
    return CsvReader.builder().ofNamedCsvRecord(feed.body()).stream().toList();
  }

  @Test
  void the_feed_opens_to_its_token_only() {
    assertThat(anonymous("/feeds/77.csv", null).statusCode()).isEqualTo(401);
    assertThat(anonymous("/feeds/77.csv?token=wrong", null).statusCode()).isEqualTo(401);
    assertThat(anonymous("/feeds/77.csv", "Bearer " + ADMIN_KEY).statusCode()).isEqualTo(401);
    assertThat(anonymous("/feeds/77.csv", "Bearer " + FEED_TOKEN).statusCode()).isEqualTo(200);
    String basic =
        java.util.Base64.getEncoder().encodeToString(("meta:" + FEED_TOKEN).getBytes(UTF_8));
    assertThat(anonymous("/feeds/77.csv", "Basic " + basic).statusCode()).isEqualTo(200);
    assertThat(anonymous("/feeds/78.csv", "Basic " + basic).statusCode()).isEqualTo(404);
    assertThat(anonymous("/v1/products", "Bearer " + FEED_TOKEN).statusCode()).isEqualTo(401);
  }

  @Test
  void products_are_listed_in_pages() {
    List.of("A", "B", "C").forEach(id -> call("PUT", "/v1/products/" + id, SHIRT));

    JsonNode first = json(call("GET", "/v1/products?limit=2", ""));
    JsonNode second =
        json(call("GET", "/v1/products?limit=2&after=" + first.path("next").stringValue(), ""));

    assertThat(first.path("data").size()).isEqualTo(2);
    assertThat(second.path("data").get(0).path("id").stringValue()).isEqualTo("C");
    assertThat(second.has("next")).isFalse();
  }

  @Test
  void the_demos_token_is_refused_outside_the_quickstart() {
    assertThatThrownBy(() -> launch(Map.of("rebound.catalog-feed.feed-token", "demo-feed-token")))
        .rootCause()
        .hasMessageContaining("rebound.catalog-feed.feed-token")
        .hasMessageContaining("configure your own");
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private static HttpResponse<String> call(String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(at(path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + ADMIN_KEY));
  }

  private static HttpResponse<String> anonymous(String path, String authorization) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(request);
  }

  private static URI at(String path) {
    return URI.create(
        "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
