package io.rebound.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/**
 * The one switch for tests: real servers, in containers where a Docker engine answers and {@code
 * -Drebound.test.servers=containers} asks for them, embedded otherwise. Each is started at its
 * first use, once per JVM, and thrown away with it.
 */
public final class TestServers {
  private static final AtomicInteger databases = new AtomicInteger();
  private static @Nullable TestPostgres postgres;
  private static @Nullable TestKafka kafka;

  private TestServers() {}

  /** A PostgreSQL server without durability: fast, and gone with the JVM. */
  public static synchronized TestPostgres postgres() {
    TestPostgres running = postgres;
    if (running == null) {
      running = containers() ? TestPostgres.inContainer() : TestPostgres.embedded(scratch());
      postgres = running;
    }
    return running;
  }

  /** The bootstrap servers of a one-node Kafka. */
  public static synchronized String kafkaBootstrap() {
    TestKafka running = kafka;
    if (running == null) {
      running = containers() ? TestKafka.inContainer() : TestKafka.embedded(scratch());
      kafka = running;
    }
    return running.bootstrapServers();
  }

  /** What every service is started with, on these servers and a free port; take more into it. */
  public static Map<String, Object> settings(Database database, String kafka) {
    var settings = new HashMap<String, Object>();
    settings.put("server.port", 0);
    settings.put("logging.structured.format.console", "");
    settings.put("spring.datasource.url", database.jdbcUrl());
    settings.put("spring.datasource.username", database.user());
    settings.put("spring.datasource.password", database.password());
    settings.put("rebound.kafka.bootstrap-servers", kafka);
    settings.put("rebound.kafka.partitions", 3);
    return settings;
  }

  /** A name no other test of this JVM has. */
  static String uniqueName(String prefix) {
    return prefix + "_" + databases.incrementAndGet();
  }

  /** A free port at the time of asking. */
  public static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean containers() {
    return "containers".equals(System.getProperty("rebound.test.servers"))
        && DockerClientFactory.instance().isDockerAvailable();
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("rebound-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends a server with the JVM, and only then deletes its folder: a Kafka whose log vanishes under
   * it halts the JVM, and the build takes that for a crash.
   */
  static void discardAtExit(AutoCloseable server, Path folder) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              close(server);
              delete(folder);
            }));
  }

  private static void close(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("A test's server doesn't end", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // what is left of a scratch folder is the system's to clean
    }
  }

  static Map<String, String> withoutDurability() {
    return Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");
  }
}
