package io.rebound.platform;

import io.rebound.quickstart.Ports;
import io.rebound.quickstart.demo.DemoFailed;
import io.rebound.quickstart.demo.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A running platform as its users see it: doors and keys. */
record Installation(Ports ports, String writeKey, String adminKey) {
  private static final Http HTTP = new Http();
  private static final int BATCH = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path SEGMENTS = Path.of("..", "samples", "segments");

  static Installation quickstart(Ports ports) {
    return new Installation(ports, "demo-write-key", "demo-admin-key");
  }

  void putSegments() throws IOException {
    for (String name : List.of("champions", "at-risk", "cart-abandoners")) {
      String definition = Files.readString(SEGMENTS.resolve(name + ".json"));
      untilDone(
          () -> HTTP.put(at(ports.segmentation(), "/v1/segments/" + name), adminKey, definition));
    }
  }

  /** Posts the messages in batches, each until the door has answered for it. */
  void post(List<Map<String, Object>> messages) {
    for (int from = 0; from < messages.size(); from += BATCH) {
      List<Map<String, Object>> batch =
          messages.subList(from, Math.min(messages.size(), from + BATCH));
      untilDone(() -> HTTP.post(at(ports.ingest(), "/v1/batch"), writeKey, Map.of("batch", batch)));
    }
  }

  JsonNode post(int port, String path, Object body) {
    return untilDone(() -> HTTP.post(at(port, path), adminKey, body));
  }

  JsonNode get(int port, String path) {
    return untilDone(() -> HTTP.get(at(port, path), adminKey));
  }

  /** Null where there is nothing. */
  @Nullable JsonNode find(int port, String path) {
    try {
      return get(port, path);
    } catch (IllegalStateException e) {
      if (String.valueOf(e.getMessage()).contains(" answered 404")) {
        return null;
      }
      throw e;
    }
  }

  /** All elements of a paged list. */
  List<JsonNode> all(int port, String path) {
    var all = new ArrayList<JsonNode>();
    String after = "";
    while (true) {
      JsonNode page = get(port, path + (path.contains("?") ? "&" : "?") + "limit=500" + after);
      page.path("data").forEach(all::add);
      String next = page.path("next").asString("");
      if (next.isEmpty() || page.path("data").isEmpty()) {
        return all;
      }
      after = "&after=" + next;
    }
  }

  String metrics(int port) {
    return untilDone(() -> HTTP.getText(at(port, "/actuator/prometheus"), adminKey));
  }

  interface Call<T> {
    T make() throws DemoFailed;
  }

  /** A client that doesn't give up: the platform may be restarting. */
  private static <T> T untilDone(Call<T> call) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return call.make();
      } catch (DemoFailed e) {
        boolean wrong = String.valueOf(e.getMessage()).contains(" answered 4");
        if (wrong || System.nanoTime() > end) {
          throw new IllegalStateException(e);
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  private static String at(int port, String path) {
    return "http://localhost:" + port + path;
  }
}
