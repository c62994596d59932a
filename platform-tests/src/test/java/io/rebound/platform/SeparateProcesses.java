package io.rebound.platform;

import io.rebound.localservers.LocalKafka;
import io.rebound.localservers.LocalPostgres;
import io.rebound.quickstart.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Every service of {@code docker-compose.yml} as a process of its own, from the jar its image runs,
 * with exactly the environment the file gives it: only addresses are those of this machine.
 */
final class SeparateProcesses implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path folder;
  private final ComposeFile compose;
  private final OwnSecrets secrets;
  private final Ports ports;
  private final LocalPostgres postgres;
  private LocalKafka kafka;
  private final Map<String, Process> running = new LinkedHashMap<>();
  private int starts;

  private SeparateProcesses(Path folder, SameKeys keys) throws IOException, InterruptedException {
    this.folder = folder;
    compose = ComposeFile.read();
    secrets = OwnSecrets.make(Files.createDirectories(folder), keys);
    ports = Ports.from(FreePorts.inARow(11));
    postgres = LocalPostgres.start(folder.resolve("postgres"), ports.postgres(), Map.of());
    kafka = launchKafka();
    for (String database : databases()) {
      postgres.database(database, password(database));
    }
  }

  static SeparateProcesses start(Path folder, SameKeys keys)
      throws IOException, InterruptedException {
    List<String> all = ComposeFile.read().ours().stream().map(ComposeFile.Service::name).toList();
    return start(folder, keys, all);
  }

  /** Only some of the services. */
  static SeparateProcesses start(Path folder, SameKeys keys, List<String> some)
      throws IOException, InterruptedException {
    var processes = new SeparateProcesses(folder, keys);
    try {
      some.forEach(name -> processes.launch(processes.service(name)));
      some.forEach(name -> processes.awaitHealth(processes.service(name)));
      return processes;
    } catch (RuntimeException e) {
      processes.close();
      throw e;
    }
  }

  Installation installation() {
    return new Installation(ports, secrets.writeKey(), secrets.adminKey());
  }

  String kafka() {
    return "127.0.0.1:" + ports.kafka();
  }

  void stopKafka() {
    kafka.close();
  }

  /** On the same port and data. */
  void startKafka() throws IOException {
    kafka = launchKafka();
  }

  private LocalKafka launchKafka() throws IOException {
    return LocalKafka.start(
        folder.resolve("kafka"), ports.kafka(), ports.kafkaController(), Map.of());
  }

  /** The services that have a database. */
  List<String> databases() {
    return compose.ours().stream()
        .filter(service -> service.environment().containsKey("SPRING_DATASOURCE_URL"))
        .map(ComposeFile.Service::name)
        .toList();
  }

  private String password(String service) {
    return secrets
        .values()
        .get(service.toUpperCase(java.util.Locale.ROOT).replace('-', '_') + "_DB_PASSWORD");
  }

  private ComposeFile.Service service(String name) {
    return compose.ours().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void kill(String name) throws InterruptedException {
    running.remove(name).destroyForcibly().waitFor();
  }

  void startAgain(String name) {
    launch(service(name));
    awaitHealth(service(name));
  }

  /** A copy of the service's database as it is now; the service must be down. */
  void copyDatabase(String name) throws SQLException {
    sql("create database \"%s-copy\" template \"%s\"".formatted(name, name));
  }

  /** The service's database as it was when it was copied; the service must be down. */
  void restoreDatabase(String name) throws SQLException {
    sql("drop database \"%s\" with (force)".formatted(name));
    sql("create database \"%s\" template \"%s-copy\" owner \"%s\"".formatted(name, name, name));
  }

  private void sql(String statement) throws SQLException {
    try (Connection admin = postgres.connect("postgres");
        var prepared = admin.createStatement()) {
      prepared.execute(statement);
    }
  }

  private void launch(ComposeFile.Service service) {
    List<String> command = new ArrayList<>(Java.command());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar(service.module()).toString()));
    Path log = folder.resolve(service.name() + "-" + ++starts + ".log");
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()));
    builder.environment().putAll(environment(service));
    try {
      running.put(service.name(), builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar(String module) {
    Path target = ComposeFile.ROOT.resolve(module).resolve("target");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*-exec.jar")) {
      return jars.iterator().next();
    } catch (IOException | java.util.NoSuchElementException e) {
      throw new IllegalStateException("Build " + module + " first (mvn package)", e);
    }
  }

  private Map<String, String> environment(ComposeFile.Service service) {
    var environment = new TreeMap<String, String>();
    service
        .environment()
        .forEach((name, value) ->
            environment.put(name, here(ComposeFile.filled(value, secrets.values()))));
    environment.put("SERVER_PORT", String.valueOf(port(service.port())));
    return environment;
  }

  /** Addresses in the containers' network as addresses of this machine. */
  private String here(String value) {
    String here =
        value
            .replace("/run/secrets/", secrets.keys() + "/")
            .replace("/data/", folder.resolve("sandbox") + "/")
            .replace("kafka:9092", "127.0.0.1:" + ports.kafka())
            .replace("//postgres/", "//127.0.0.1:" + ports.postgres() + "/");
    for (ComposeFile.Service other : compose.ours()) {
      here =
          here.replace(
              "//" + other.name() + ":" + other.port(), "//127.0.0.1:" + port(other.port()));
    }
    return here;
  }

  private int port(int documented) {
    return switch (documented) {
      case 8081 -> ports.ingest();
      case 8082 -> ports.identity();
      case 8083 -> ports.segmentation();
      case 8084 -> ports.capiSync();
      case 8085 -> ports.catalogFeed();
      case 8086 -> ports.whatsapp();
      case 8090 -> ports.sandbox();
      default -> throw new IllegalArgumentException("No service listens at " + documented);
    };
  }

  private void awaitHealth(ComposeFile.Service service) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady(port(service.port()))) {
      Process process = running.get(service.name());
      if (process == null || !process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            service.name() + " didn't start; its log is in " + folder + lastLines(service));
      }
      LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    }
  }

  private String lastLines(ComposeFile.Service service) {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, service.name() + "-*.log")) {
      var text = new StringBuilder();
      for (Path log : logs) {
        List<String> lines = Files.readAllLines(log);
        lines
            .subList(Math.max(0, lines.size() - 15), lines.size())
            .forEach(line -> text.append('\n').append(line));
      }
      return text.toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean isReady(int port) {
    try {
      var connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness")
                  .toURL()
                  .openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(5_000);
      int status = connection.getResponseCode();
      return status == 200 || status == 404; // the sandbox has no groups
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    running.values().forEach(Process::destroy);
    for (Process process : running.values()) {
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    kafka.close();
    postgres.close();
  }
}
