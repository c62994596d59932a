package io.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rebound.events.TrackedEvent;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Meta's own Node SDK as it is published, as a process of its own. */
class OfficialNodeSdkTest {
  private static final Path FROM = Path.of("src", "test", "meta-sdk");
  private static final Path FOLDER = Path.of("target", "meta-sdk");

  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @Test
  void it_cannot_tell_the_door_from_metas() throws Exception {
    JsonNode told = JsonMapper.shared().readTree(send());

    assertThat(told.path("received").asInt()).isEqualTo(1);
    assertThat(told.path("trace").asString()).isNotBlank();
    JsonNode error = told.path("incomplete").path("error");
    assertThat(told.path("incomplete").path("status").asInt()).isEqualTo(400);
    assertThat(error.path("error_subcode").asInt()).isEqualTo(2804009);
    assertThat(error.path("fbtrace_id").asString()).isNotBlank();
    assertThat(told.path("stranger").path("status").asInt()).isEqualTo(401);
    assertThat(told.path("stranger").path("error").path("code").asInt()).isEqualTo(190);
    TrackedEvent event = ingest.event(id);
    assertThat(event.name()).isEqualTo("Purchase");
    assertThat(event.customData())
        .containsEntry("order_id", "o-1")
        .containsEntry("currency", "EUR");
    assertThat(event.serverFields())
        .containsEntry("opt_out", true)
        .containsEntry("data_processing_options", List.of("LDU"))
        .containsEntry("data_processing_options_state", 1000)
        .containsEntry("test_event_code", "TEST7");
    assertThat(ingest.matchKeys(id)) // sha256sum of ada@example.com
        .containsEntry(
            "em", List.of("b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72"));
    assertThat(ingest.has(id + "-2")).isFalse();
    assertThat(ingest.has(id + "-3")).isFalse();
  }

  private String send() throws Exception {
    assumeTrue(exists("node") && exists("npm"), "Node.js or npm is missing: its SDK isn't tried");
    Files.createDirectories(FOLDER);
    for (String file : List.of("package.json", "package-lock.json", "events.js")) {
      Files.copy(FROM.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run(Map.of(), "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts");
    return run(
        Map.of(
            "INGEST",
            ingest.https(),
            "NODE_EXTRA_CA_CERTS",
            ingest.keys().resolve("https/ca.pem").toString(),
            "WRITE_KEY",
            RunningIngest.WRITE_KEY,
            "EVENT_ID",
            id),
        "node",
        "events.js");
  }

  private static String run(Map<String, String> environment, String... command) throws Exception {
    Path output = Files.createTempFile("node", ".out");
    Path errors = Files.createTempFile("node", ".err");
    try {
      var builder = new ProcessBuilder(command).directory(FOLDER.toFile());
      builder.environment().putAll(environment);
      Process process =
          builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
      try {
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(command[0] + " ends").isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
      } finally {
        process.destroy();
      }
      return Files.readString(output);
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private static boolean exists(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
