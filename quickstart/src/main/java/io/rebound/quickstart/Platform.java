package io.rebound.quickstart;

import io.rebound.localservers.LocalKafka;
import io.rebound.localservers.LocalPostgres;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sealing.KeyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Kafka, PostgreSQL, the Meta sandbox and all services, running in this JVM with demo keys. Closing
 * it stops them in the opposite order. Its data survive SIGKILL.
 */
public final class Platform implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Platform.class);

  private final Ports ports;
  private final Map<String, String> postgresSettings;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private Platform(Ports ports, Map<String, String> postgresSettings) {
    this.ports = ports;
    this.postgresSettings = postgresSettings;
  }

  /**
   * Starts everything; returns when every service answers.
   *
   * @param data where all data and keys live
   * @param fresh wipe the data first
   * @param progress told what is being done, in words
   */
  public static Platform start(Path data, Ports ports, boolean fresh, Consumer<String> progress)
      throws CannotStart, IOException {
    return start(data, ports, fresh, Map.of(), progress);
  }

  /**
   * As {@link #start(Path, Ports, boolean, Consumer)}, with settings of the PostgreSQL server that
   * differ from the quickstart's.
   */
  public static Platform start(
      Path data,
      Ports ports,
      boolean fresh,
      Map<String, String> postgresSettings,
      Consumer<String> progress)
      throws CannotStart, IOException {
    SLF4JBridgeHandler.removeHandlersForRootLogger(); // Tomcat's own logging
    SLF4JBridgeHandler.install();
    Folder folder = Folder.lock(data);
    var platform = new Platform(ports, postgresSettings);
    platform.running.push(folder);
    try {
      LocalPostgres.stopLeftBehind(folder.path("postgres"));
      List<String> taken = ports.taken();
      if (!taken.isEmpty()) {
        throw new CannotStart(
            "Something else already uses %s. Stop it first.".formatted(String.join(", ", taken)));
      }
      if (fresh) {
        progress.accept("Wiping " + data);
        folder.wipe();
      }
      platform.startAll(folder, progress);
      return platform;
    } catch (CannotStart | IOException | RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  public Ports ports() {
    return ports;
  }

  private void startAll(Folder folder, Consumer<String> progress) throws CannotStart, IOException {
    KeyFiles.createMissing(folder.path("keys"));
    progress.accept("Starting PostgreSQL, Kafka and the Meta sandbox");
    // no virtual threads: they hold their carriers while they wait for a class to be loaded, and
    // with
    // few carriers the one that loads it waits for a carrier for ever
    try (ExecutorService starters =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("start-", 0).factory())) {
      Future<LocalPostgres> starting =
          starters.submit(() ->
              keep(
                  LocalPostgres.start(
                      folder.path("postgres"), ports.postgres(), postgresSettings)));
      Future<LocalKafka> kafka =
          starters.submit(() ->
              keep(
                  LocalKafka.start(
                      folder.path("kafka"), ports.kafka(), ports.kafkaController(), Map.of())));
      Future<MetaSandbox> sandbox =
          starters.submit(
              () -> keep(MetaSandbox.start(DemoSettings.sandbox(ports, folder.path("sandbox")))));
      LocalPostgres postgres = result(starting);
      result(kafka);
      result(sandbox);

      progress.accept("Starting the services");
      var services = new ArrayList<Future<?>>();
      for (DemoService service : DemoService.values()) {
        services.add(
            starters.submit(() -> {
              keep(service.launch(DemoSettings.of(service, ports, postgres, folder)));
              progress.accept("  " + service.title() + " is up");
            }));
      }
      for (Future<?> service : services) {
        result(service);
      }
    }
  }

  private synchronized <T extends AutoCloseable> T keep(T started) {
    running.push(started);
    return started;
  }

  private static <T> T result(Future<T> starting) throws CannotStart, IOException {
    try {
      return starting.get();
    } catch (ExecutionException e) {
      log.debug("A part of the platform didn't start", e);
      throw new CannotStart(reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("it was interrupted");
    }
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }

  @Override
  public synchronized void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) { // the rest must be stopped too
        log.atWarn().addKeyValue("reason", reason(e)).log("A part didn't stop cleanly");
      }
    }
  }
}
