package io.rebound.ingest;

import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import io.rebound.sealing.KeyFiles;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The service as a process of its own, with a heap of its own, that can be killed. */
final class IngestProcess implements AutoCloseable {
  static final String SOURCE = "shops";

  private final Path folder;
  private final String heap;
  private final int port = TestServers.freePort();
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private Process process;

  IngestProcess(Path folder, String heap) throws Exception {
    this.folder = folder;
    this.heap = heap;
    KeyFiles.createMissing(folder);
    Database database = TestServers.postgres().createDatabase("ingest");
    settings.put("server.port", port);
    settings.put("spring.datasource.url", database.jdbcUrl());
    settings.put("spring.datasource.username", database.user());
    settings.put("spring.datasource.password", database.password());
    settings.put("rebound.kafka.bootstrap-servers", TestServers.kafkaBootstrap());
    settings.put("rebound.kafka.partitions", 3);
    settings.put("rebound.pseudonyms.pepper-file", folder.resolve("pepper.json"));
    settings.put(
        "rebound.privacy.identity-public-key-file", folder.resolve("identity.public.json"));
    settings.put("rebound.ingest.quarantine-key-file", folder.resolve("quarantine.json"));
    settings.put(
        "rebound.ingest.sealing.capi-sync-public-key-file",
        folder.resolve("capi-sync.public.json"));
    settings.put(
        "rebound.ingest.sealing.whatsapp-public-key-file", folder.resolve("whatsapp.public.json"));
    settings.put("rebound.ingest.sources[0].id", SOURCE);
    settings.put(
        "rebound.ingest.sources[0].keys[0]", RunningIngest.sha256(RunningIngest.WRITE_KEY));
    settings.put("rebound.security.keys[0].name", "tests");
    settings.put("rebound.security.keys[0].sha256", RunningIngest.sha256(RunningIngest.ADMIN_KEY));
    settings.put("rebound.security.keys[0].scopes", "admin");
    start();
  }

  void start() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            heap,
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            IngestService.class.getName()));
    settings.forEach((name, value) -> command.add("--" + name + "=" + value));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve("ingest.log").toFile()))
            .start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(this::isReady);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("The service didn't start; see " + folder);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
                  HttpRequest.newBuilder(at("/actuator/health/readiness")).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
