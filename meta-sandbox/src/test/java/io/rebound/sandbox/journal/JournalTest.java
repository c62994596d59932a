package io.rebound.sandbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered is there again after the process was killed. */
class JournalTest {
  @TempDir Path scratch;

  @Test
  void everything_answered_survives_a_kill_and_a_torn_last_line() throws Exception {
    String events;
    String members;
    String templates;
    String audiences;
    String items;
    String report;
    String batch;
    try (MetaSandbox killed = start(scratch.resolve("killed/state"))) {
      var caller = new Caller(killed.baseUrl());
      fill(caller);
      batch = createItem(caller);
      // what the disk holds at this moment is what a killed process leaves behind
      copy(scratch.resolve("killed"), scratch.resolve("found"));
      events = caller.get("/_sandbox/events/stats").text();
      audiences = caller.get("/_sandbox/audiences").text();
      members = caller.get("/_sandbox/audiences/6000000000000001/members").text();
      templates = caller.get("/v26.0/5000000005/message_templates").text();
      items = caller.get("/v26.0/3000000003/products").text();
      report = caller.get(batch).text();
    }
    try (Stream<Path> files = Files.list(scratch.resolve("found"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.writeString(file, "{\"op\":\"add\",\"tor", StandardOpenOption.APPEND);
      }
    }

    try (MetaSandbox again = start(scratch.resolve("found/state"))) {
      var caller = new Caller(again.baseUrl());
      assertThat(caller.get("/_sandbox/events/stats").text()).isEqualTo(events);
      assertThat(caller.get("/_sandbox/audiences").text()).isEqualTo(audiences);
      assertThat(caller.get("/_sandbox/audiences/6000000000000001/members").text())
          .isEqualTo(members)
          .contains(Sandboxes.sha256("ada@shop.example"));
      assertThat(caller.get("/v26.0/5000000005/message_templates").text()).isEqualTo(templates);
      assertThat(caller.get("/v26.0/3000000003/products").text()).isEqualTo(items).contains("S-1");
      assertThat(caller.get(batch).text()).isEqualTo(report).contains("finished");
      assertThat(caller.get("/_sandbox/whatsapp/messages").json().path("data")).hasSize(1);
    }
  }

  @Test
  void only_the_latest_content_is_kept_while_everything_is_counted() {
    Map<String, Object> small =
        Map.of("server.port", 0, "sandbox.journal", "", "sandbox.bounds.events", 5);
    try (MetaSandbox sandbox = MetaSandbox.start(small)) {
      var caller = new Caller(sandbox.baseUrl());
      for (int i = 0; i < 12; i++) {
        sendEvent(caller, "e-" + i);
      }

      assertThat(caller.get("/_sandbox/events/stats").json().path("received").asInt())
          .isEqualTo(12);
      assertThat(caller.get("/_sandbox/events?limit=100").json().path("data")).hasSize(5);
    }
  }

  private static MetaSandbox start(Path journal) {
    return MetaSandbox.start(Map.of("server.port", 0, "sandbox.journal", journal.toString()));
  }

  private static void fill(Caller caller) {
    sendEvent(caller, "e-1");
    caller.post(
        "/v26.0/act_2000000002/customaudiences",
        "{\"name\":\"Buyers\",\"subtype\":\"CUSTOM\",\"customer_file_source\":\"USER_PROVIDED_ONLY\"}");
    assertThat(
            caller
                .post(
                    "/v26.0/6000000000000001/users",
                    "{\"payload\":{\"schema\":[\"EMAIL\"],\"data\":[[\"%s\"]]}}"
                        .formatted(Sandboxes.sha256("ada@shop.example")))
                .status())
        .isEqualTo(200);
    caller.post(
        "/v26.0/5000000005/message_templates",
        """
        {"name": "hello", "language": "en", "category": "UTILITY",
         "components": [{"type": "BODY", "text": "Hello there"}]}
        """);
    assertThat(
            caller
                .post(
                    "/v26.0/4000000004/messages",
                    """
                    {"messaging_product": "whatsapp", "to": "+4915112345678", "type": "template",
                     "template": {"name": "hello", "language": {"code": "en"}}}
                    """)
                .status())
        .isEqualTo(200);
  }

  private static void sendEvent(Caller caller, String id) {
    assertThat(
            caller
                .post(
                    "/v26.0/1000000001/events",
                    """
                    {"data": [{"event_name": "Purchase", "event_time": %d, "event_id": "%s",
                      "action_source": "website", "event_source_url": "https://shop.example/",
                      "user_data": {"em": ["%s"], "client_user_agent": "Mozilla/5.0"},
                      "custom_data": {"value": 9.9, "currency": "EUR"}}]}
                    """
                        .formatted(
                            Instant.now().getEpochSecond(),
                            id,
                            Sandboxes.sha256("ada@shop.example")))
                .status())
        .isEqualTo(200);
  }

  /** The path that tells the status of the batch that created the item. */
  private static String createItem(Caller caller) {
    Caller.Reply reply =
        caller.post(
            "/v26.0/3000000003/items_batch",
            """
            {"item_type": "PRODUCT_ITEM", "requests": [{"method": "CREATE", "data": {
              "id": "S-1", "title": "Shirt", "description": "Dries fast", "condition": "new",
              "availability": "in stock", "price": "29.90 EUR", "brand": "Alder",
              "link": "https://shop.example/1", "image_link": "https://shop.example/1.jpg"}}]}
            """);
    return "/v26.0/3000000003/check_batch_request_status?handle="
        + reply.json().path("handles").path(0).asString();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
