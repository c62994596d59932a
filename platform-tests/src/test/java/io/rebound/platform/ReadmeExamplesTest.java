package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.quickstart.Platform;
import io.rebound.quickstart.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example with curl in a README works when it is pasted, in the order of the document. */
class ReadmeExamplesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern EXAMPLE =
      Pattern.compile("^```sh\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** An answer that is an error fails the example. */
  private static final String STRICT =
      "set -euo pipefail\ncurl() { command curl --fail-with-body --show-error \"$@\"; echo; }\n";

  @TempDir static Path data;
  private static Platform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start(data, Ports.free(), false, _ -> {});
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void every_example_works_when_it_is_pasted() throws IOException {
    List<String> outputs = run(ROOT.resolve("README.md"));

    assertThat(outputs.get(0)).contains("\"success\":true");
    assertThat(outputs.get(1)).contains("\"events_received\":1");
    assertThat(outputs.get(2)).contains("\"accepted\":1", "\"rejected\":0");
    assertThat(outputs.get(3)).contains("\"checkout\"", "rbw_");
    assertThat(outputs.get(4)).contains("person_id", "delivered", "Purchase");
    assertThat(outputs.get(5)).contains("big-spenders");
    assertThat(outputs.get(6)).contains("event_id", "request_id");

    // after the project's: it looks at the audience that they made
    assertThat(run(ROOT.resolve("meta-sandbox/README.md"))).isNotEmpty();
  }

  private static List<String> run(Path document) throws IOException {
    var outputs = new ArrayList<String>();
    Matcher example = EXAMPLE.matcher(Files.readString(document));
    while (example.find()) {
      if (example.group(1).contains("curl ")) {
        String script = STRICT + withPorts(example.group(1));
        // what was sent a moment ago may take a moment to be known everywhere
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .untilAsserted(() -> outputs.add(output(script)));
      }
    }
    return outputs;
  }

  private static String output(String script) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes());
    assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).describedAs("%s", output).isZero();
    return output;
  }

  private static String withPorts(String script) {
    Ports ports = platform.ports();
    Map<Integer, Integer> actual = new LinkedHashMap<>();
    actual.put(8081, ports.ingest());
    actual.put(8082, ports.identity());
    actual.put(8083, ports.segmentation());
    actual.put(8084, ports.capiSync());
    actual.put(8085, ports.catalogFeed());
    actual.put(8086, ports.whatsapp());
    actual.put(8090, ports.sandbox());
    return Pattern.compile("localhost:(80\\d\\d)")
        .matcher(script)
        .replaceAll(port -> "localhost:" + actual.get(Integer.valueOf(port.group(1))));
  }
}
