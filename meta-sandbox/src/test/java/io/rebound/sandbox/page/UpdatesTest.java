package io.rebound.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Sandboxes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UpdatesTest {
  private final Caller caller = Sandboxes.fresh();
  private final Shop shop = new Shop(caller);

  @Test
  void whoever_looks_is_told_of_what_changes_and_of_nothing_else() throws Exception {
    try (var looking = new Looking(caller)) {
      await().until(() -> looking.lines.contains("event:faults"));
      looking.lines.clear();

      shop.sells("order-1");

      await()
          .untilAsserted(() ->
              assertThat(looking.lines)
                  .contains("event:events", "event:numbers", "event:quality", "event:calls"));
      assertThat(looking.text()).contains("order-1");
      assertThat(looking.lines)
          .doesNotContain("event:catalogue", "event:audiences", "event:templates", "event:faults");
    }
  }

  @Test
  void many_events_are_few_updates() throws Exception {
    try (var looking = new Looking(caller)) {
      await().until(() -> looking.lines.contains("event:faults"));
      looking.lines.clear();
      long start = System.nanoTime();

      for (int i = 0; i < 300; i++) {
        shop.sells("order-" + i);
      }
      await().until(() -> looking.text().contains("300 events received"));

      long seconds = (System.nanoTime() - start) / 1_000_000_000;
      assertThat(looking.lines.stream().filter("event:events"::equals).count())
          .isBetween(1L, seconds + 2);
    }
  }

  @Test
  void whoever_leaves_costs_nothing_any_more() throws Exception {
    try (var looking = new Looking(caller)) {
      await().until(() -> looking.lines.contains("event:faults"));
      assertThat(viewers()).isPositive();
    }

    await()
        .untilAsserted(() -> {
          shop.sells("order-1"); // the connection's end shows when something is sent
          assertThat(viewers()).isZero();
        });
  }

  private double viewers() {
    return caller
        .get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith("rebound_sandbox_page_viewers"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  /** A browser's end of the stream. */
  private static final class Looking implements AutoCloseable {
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final InputStream stream;
    private final HttpClient http = HttpClient.newHttpClient();

    Looking(Caller caller) throws IOException, InterruptedException {
      caller.get("/"); // as a browser does; from now on there is nothing older to tell
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(caller.base() + "/_sandbox/page/updates")).build();
      this.stream = http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
      Thread.ofVirtual()
          .start(() -> {
            try (Stream<String> read =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)).lines()) {
              read.forEach(lines::add);
            } catch (UncheckedIOException e) {
              // closed
            }
          });
    }

    String text() {
      return String.join("\n", lines);
    }

    @Override
    public void close() throws IOException {
      stream.close();
      http.shutdownNow();
    }
  }
}
