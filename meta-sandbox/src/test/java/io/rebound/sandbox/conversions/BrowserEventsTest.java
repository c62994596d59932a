package io.rebound.sandbox.conversions;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Caller.Reply;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.Sandboxes;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BrowserEventsTest {
  private static final String FBP = "fb.1.1795400000000.1116446470";

  private final Caller meta = Sandboxes.fresh();

  @Test
  void the_servers_event_after_the_browsers_counts_as_the_same() {
    browses(meta, "{\"event_name\":\"Purchase\",\"event_id\":\"ord-1\"}");

    Reply reply = Events.post(meta, Events.purchase("{\"event_id\":\"ord-1\"}"));

    assertThat(reply.json().path("events_received").asInt()).isEqualTo(1); // before it is compared
    JsonNode stats = meta.get("/_sandbox/events/stats").json();
    assertThat(stats.path("received").asInt()).isEqualTo(1);
    assertThat(stats.path("duplicate").asInt()).isEqualTo(1);
    assertThat(stats.path("from_browsers").asInt()).isEqualTo(1);
    JsonNode shown = shown(meta, "ord-1");
    assertThat(shown.path("origins")).hasSize(2);
    assertThat(shown.path("counts_as").asString()).isEqualTo("browser");
    assertThat(shown.path("match_keys").path(0).asString()).isEqualTo("em"); // the server's
  }

  @ParameterizedTest
  @CsvSource({"240, browser", "360, server"})
  void within_five_minutes_the_browsers_event_is_preferred(int seconds, String counting) {
    Events.post(meta, Events.purchase("{\"event_id\":\"ord-1\"}"));
    meta.put("/_sandbox/clock", "{\"offset_seconds\":%d}".formatted(seconds));

    browses(meta, "{\"event_name\":\"Purchase\",\"event_id\":\"ord-1\"}");

    assertThat(shown(meta, "ord-1").path("counts_as").asString()).isEqualTo(counting);
  }

  @Test
  void without_an_id_the_browsers_number_tells_that_they_are_one() {
    String user = "\"user_data\":{\"fbp\":\"%s\"}".formatted(FBP);
    browses(meta, "{\"event_name\":\"Purchase\",%s}".formatted(user));
    Events.post(meta, Events.purchase("{%s}".formatted(user)));
    assertThat(unique()).isZero();

    Events.post(meta, Events.purchase("{\"event_name\":\"Lead\",%s}".formatted(user)));
    assertThat(unique()).isEqualTo(1);
    meta.put("/_sandbox/clock", "{\"offset_seconds\":172801}");
    Events.post(meta, Events.purchase("{%s}".formatted(user)));
    assertThat(unique()).isEqualTo(2);
  }

  @Test
  void without_an_id_two_events_of_the_server_stay_two() {
    String user = "{\"user_data\":{\"fbp\":\"%s\"}}".formatted(FBP);

    Events.post(meta, Events.purchase(user), Events.purchase(user));

    assertThat(unique()).isEqualTo(2);
  }

  @Test
  void the_datasets_quality_tells_what_of_the_browsers_the_server_covers() {
    for (int i = 0; i < 4; i++) {
      browses(meta, "{\"event_name\":\"Purchase\",\"event_id\":\"ord-%d\"}".formatted(i));
    }
    for (int i = 0; i < 3; i++) {
      Events.post(meta, Events.purchase("{\"event_id\":\"ord-%d\"}".formatted(i)));
    }

    JsonNode web =
        meta.get("/v26.0/dataset_quality?dataset_id=1000000001").json().path("web").path(0);
    assertThat(web.path("event_coverage").path("percentage").asDouble()).isEqualTo(75);
    JsonNode ids = web.path("dedupe_key_feedback").path(0);
    assertThat(ids.path("browser_events_with_dedupe_key").path("percentage").asDouble())
        .isEqualTo(100);
    assertThat(ids.path("overall_browser_coverage_from_dedupe_key").path("percentage").asDouble())
        .isEqualTo(75);
  }

  @Test
  void a_restart_forgets_neither(@TempDir Path folder) {
    Map<String, Object> settings =
        Map.of("server.port", 0, "sandbox.journal", folder.resolve("journal").toString());
    try (var before = MetaSandbox.start(settings)) {
      var caller = new Caller(before.baseUrl());
      browses(caller, "{\"event_name\":\"Purchase\",\"event_id\":\"ord-1\"}");
      Events.post(caller, Events.purchase("{\"event_id\":\"ord-1\"}"));
    }
    // once from what happened, once from the shorter file written at the first restart
    for (int i = 0; i < 2; i++) {
      try (var after = MetaSandbox.start(settings)) {
        var caller = new Caller(after.baseUrl());
        assertThat(shown(caller, "ord-1").path("origins")).hasSize(2);
        assertThat(shown(caller, "ord-1").path("counts_as").asString()).isEqualTo("browser");
        assertThat(shown(caller, "ord-1").path("match_keys")).hasSize(1);
      }
    }
  }

  @Test
  void an_event_without_a_name_is_refused() {
    assertThat(meta.post("/_sandbox/browser_events", "{\"data\":[{}]}").status()).isEqualTo(400);
    assertThat(meta.post("/_sandbox/browser_events", "{}").status()).isEqualTo(400);
  }

  private static void browses(Caller caller, String event) {
    Reply reply = caller.post("/_sandbox/browser_events", "{\"data\":[%s]}".formatted(event));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private int unique() {
    return meta.get("/_sandbox/events/stats").json().path("unique").asInt();
  }

  private static JsonNode shown(Caller caller, String eventId) {
    return caller.get("/_sandbox/events?event_id=" + eventId).json().path("data").path(0);
  }
}
