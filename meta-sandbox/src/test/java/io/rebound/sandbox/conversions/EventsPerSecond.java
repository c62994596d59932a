package io.rebound.sandbox.conversions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.MetaSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many events the sandbox takes in a second: a measurement, not a test, so nothing runs it
 * unless asked with {@code mvn test -pl meta-sandbox -Dtest=EventsPerSecond}. The sandbox runs in a
 * process of its own, so that its processor time can be told from the sender's.
 */
class EventsPerSecond {
  private static final int BATCH = 1000;
  private static final int WARM_UP = 30;
  private static final int MEASURED = 60;

  @TempDir Path folder;

  @Test
  void in_memory() throws IOException {
    measure("in memory", "");
  }

  @Test
  void with_a_journal() throws IOException {
    measure("with a journal", folder.resolve("journal").toString());
  }

  private void measure(String what, String journal) throws IOException {
    int port = freePort();
    Process sandbox =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MetaSandbox.class.getName(),
                "--server.port=" + port,
                "--sandbox.journal=" + journal)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sandbox.log").toFile())
            .start();
    try {
      var meta = new Caller(URI.create("http://localhost:" + port));
      await().atMost(Duration.ofMinutes(1)).until(() -> isUp(meta));
      send(meta, 0, WARM_UP);
      Duration busyBefore = busy(sandbox);
      Duration taken = send(meta, WARM_UP, MEASURED);
      Duration busy = busy(sandbox).minus(busyBefore);
      System.out.printf(
          "%s: %,d events/s, %,d for each second of one core%n",
          what, perSecond(taken), perSecond(busy));
    } finally {
      sandbox.destroyForcibly();
    }
  }

  private static Duration send(Caller meta, int from, int batches) {
    Duration taken = Duration.ZERO;
    for (int i = from; i < from + batches; i++) {
      String body = batch(i);
      Instant start = Clock.systemUTC().instant();
      int received = meta.post(Events.PATH, body).json().path("events_received").asInt();
      taken = taken.plus(Duration.between(start, Clock.systemUTC().instant()));
      assertThat(received).isEqualTo(BATCH);
    }
    return taken;
  }

  private static String batch(int number) {
    List<String> events =
        IntStream.range(0, BATCH)
            .mapToObj(i ->
                """
                {"event_name":"Purchase","event_time":%d,"event_id":"ord-%d-%d",\
                "action_source":"website","event_source_url":"https://shop.example/thank-you",\
                "referrer_url":"https://shop.example/checkout","user_data":{"em":["%s"],\
                "ph":["e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176"],\
                "country":["79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621"],\
                "external_id":["user-%d"],"client_ip_address":"2001:db8::1",\
                "client_user_agent":"Mozilla/5.0","fbc":"fb.1.1795467400123.IwAR0AbCdEf",\
                "fbp":"fb.1.1795400000000.1116446470"},"custom_data":{"currency":"EUR",\
                "value":129.9,"order_id":"%d","content_type":"product","contents":[{"id":"SKU-1",\
                "quantity":1,"item_price":99.9},{"id":"SKU-2","quantity":2,"item_price":15.0}],\
                "num_items":3},"opt_out":false}\
                """
                    .formatted(Events.now(), number, i, Events.EMAIL, i, i))
            .toList();
    return events.stream().collect(Collectors.joining(",", "{\"data\":[", "]}"));
  }

  private static long perSecond(Duration time) {
    return Math.round(MEASURED * BATCH / (time.toNanos() / 1e9));
  }

  private static Duration busy(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ofNanos(1));
  }

  private static boolean isUp(Caller meta) {
    try {
      return meta.get("/actuator/health").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
