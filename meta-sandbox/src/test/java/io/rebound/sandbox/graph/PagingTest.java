package io.rebound.sandbox.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.Sandboxes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PagingTest {
  private static final String PRODUCTS = "/v26.0/3000000003/products";

  @Test
  void the_last_page_has_cursors_but_no_next() {
    Caller meta = Sandboxes.fresh();
    push(meta, 5);

    JsonNode first = meta.get(PRODUCTS + "?limit=3").json();
    assertThat(first.path("data")).hasSize(3);
    JsonNode last = meta.get(path(meta, first)).json();
    assertThat(last.path("data")).hasSize(2);
    assertThat(last.path("paging").path("cursors").path("after").asString()).isNotBlank();
    assertThat(last.path("paging").has("next")).isFalse();
  }

  @Test
  void the_link_has_the_token_and_not_the_proof() {
    Caller meta = Sandboxes.fresh();
    push(meta, 5);
    String proof = Signature.hex("demo-app-secret", "demo-meta-token".getBytes(UTF_8));

    Reply reply = meta.get(PRODUCTS + "?limit=3&appsecret_proof=" + proof);

    String next = reply.json().path("paging").path("next").asString();
    assertThat(next).contains("access_token=demo-meta-token").doesNotContain("appsecret");
  }

  @Test
  void an_empty_list_is_one_page() {
    JsonNode answer = Sandboxes.fresh().get(PRODUCTS).json();

    assertThat(answer.path("data").isArray()).isTrue();
    assertThat(answer.path("data")).isEmpty();
    assertThat(answer.path("paging").has("next")).isFalse();
  }

  @Test
  void a_lifelike_list_has_short_and_empty_pages_and_ends_nevertheless() {
    try (MetaSandbox sandbox =
        MetaSandbox.start(Map.of("server.port", 0, "sandbox.profile", "lifelike"))) {
      var meta = new Caller(sandbox.baseUrl());
      push(meta, 20);
      meta.put("/_sandbox/clock", "{\"offset_seconds\":600}"); // the batch is done by then

      List<Integer> sizes = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      JsonNode page = meta.get(PRODUCTS + "?limit=4&fields=retailer_id").json();
      while (true) {
        sizes.add(page.path("data").size());
        page.path("data").forEach(one -> ids.add(one.path("retailer_id").asString()));
        if (!page.path("paging").has("next")) {
          break;
        }
        page = meta.get(path(meta, page)).json();
      }

      assertThat(sizes).containsExactly(4, 2, 0, 4, 4, 4, 2);
      assertThat(ids).doesNotHaveDuplicates().hasSize(20);
    }
  }

  @Test
  void nobody_pages_for_ever() {
    Caller meta = Sandboxes.fresh();
    String deep = new Cursor(100_001, 9).text();

    assertThat(meta.get(PRODUCTS + "?after=" + deep).error().path("message").asString())
        .endsWith("After Cursor specified exceeds the max limit supported by this endpoint");
    assertThat(meta.get(PRODUCTS + "?after=nonsense").error().path("code").asInt()).isEqualTo(100);
  }

  @Test
  void what_version_26_removed_is_gone() {
    Caller meta = Sandboxes.fresh();
    String plain = meta.get("/v26.0/act_2000000002?fields=name").text();

    Reply reply = meta.get("/v26.0/act_2000000002?fields=name&pretty=1&debug=all&date_format=U");
    assertThat(reply.text()).isEqualTo(plain);
    Reply many = meta.get("/v26.0/?ids=act_2000000002,3000000003");
    assertThat(many.status()).isEqualTo(400);
    assertThat(many.error().path("code").asInt()).isEqualTo(2500);
    assertThat(reply.header("ETag")).isEmpty();
  }

  // the link as a path below the address that the caller knows
  private static String path(Caller meta, JsonNode page) {
    return page.path("paging").path("next").asString().substring(meta.base().toString().length());
  }

  private static void push(Caller meta, int items) {
    String requests =
        IntStream.range(0, items)
            .mapToObj(i ->
                """
                {"method":"CREATE","data":{"id":"S-%d","title":"Trail shirt",\
                "description":"Dries fast","availability":"in stock","condition":"new",\
                "price":"29.90 EUR","link":"https://shop.example/1","brand":"Alder",\
                "image_link":"https://shop.example/1.jpg"}}\
                """
                    .formatted(i))
            .collect(Collectors.joining(","));
    Reply reply =
        meta.post(
            "/v26.0/3000000003/items_batch",
            "{\"item_type\":\"PRODUCT_ITEM\",\"requests\":[" + requests + "]}");
    assertThat(reply.status()).isEqualTo(200);
  }
}
