package io.rebound.capisync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The service dies when Meta has done what it was told, and before the answer came: as a process of
 * its own, killed by the operating system.
 */
class KilledBetweenCallAndSettleTest {
  private final RunningCapiSync capiSync = RunningCapiSync.get();
  private final SimulatedMeta meta = capiSync.meta();
  private final String order = "order-" + UUID.randomUUID();
  private final String segment = "segment-" + UUID.randomUUID();
  private final String email = UUID.randomUUID() + "@shop.example";
  private Process process;

  /** The process: settings in a file. */
  public static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      var settings = new Properties();
      try (var file = Files.newBufferedReader(Path.of(arguments[0]))) {
        settings.load(file);
      }
      @SuppressWarnings({"unchecked", "rawtypes"})
      Map<String, Object> all = (Map) settings;
      RunningCapiSync.launch(all);
    }
  }

  @BeforeEach
  void theServiceIsAProcessOfItsOwn() throws IOException {
    Path file = Files.createTempFile("capi-sync", ".properties");
    var settings = new Properties();
    capiSync.settings().forEach((name, value) -> settings.setProperty(name, value.toString()));
    // Meta's answer is never given up on: the process is killed first
    settings.setProperty("rebound.meta.call-timeout", "60s");
    try (OutputStream out = Files.newOutputStream(file)) {
      settings.store(out, null);
    }
    capiSync.stop();
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                file.toString())
            .inheritIO()
            .start();
  }

  @AfterEach
  void nothingFails() {
    process.destroyForcibly();
    meta.faults();
  }

  @Test
  void events_are_sent_again_under_their_id_and_audiences_converge() throws Exception {
    meta.faults(
        "{\"path\":\"/events$\",\"hang_ms\":20000,\"after_effect\":true,\"times\":1}",
        "{\"path\":\"/users$\",\"hang_ms\":20000,\"after_effect\":true,\"times\":1}");
    var shopper = new Shopper(capiSync);
    shopper.goesBy(email);
    shopper.joins(segment);
    shopper.buys(order);
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> meta.deliveries(order) == 1 && !meta.emails(segment).isEmpty());
    process.destroyForcibly().waitFor();
    shopper.leaves(segment);

    capiSync.start();
    // as if the half minute had passed in which a silent writer keeps its audience
    capiSync
        .bean(JdbcClient.class)
        .sql("update audience set claimed_until = now() where segment = :segment")
        .param("segment", segment)
        .update();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          assertThat(capiSync.delivery(order).path("state").asString("")).isEqualTo("delivered");
          assertThat(capiSync.audience(segment).path("pending").asInt(-1)).isZero();
          assertThat(meta.emails(segment)).isEmpty();
        });
    assertThat(meta.deliveries(order)).isEqualTo(2); // one event to Meta, which knows its id
  }
}
