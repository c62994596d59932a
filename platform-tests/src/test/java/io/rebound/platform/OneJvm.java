package io.rebound.platform;

import io.rebound.quickstart.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The quickstart as a process of its own, which can be killed and started again on its data. */
final class OneJvm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PORTS_IN_A_ROW = 12;

  private final Path data;
  private final int portBase;
  private final List<String> options;
  private Process process;
  private int starts;

  private OneJvm(Path data, int portBase, List<String> options) {
    this.data = data;
    this.portBase = portBase;
    this.options = options;
  }

  static OneJvm start(Path data, SameKeys keys) throws IOException {
    return start(data, keys, List.of());
  }

  static OneJvm start(Path data, SameKeys keys, List<String> options) throws IOException {
    keys.copyTo(data.resolve("keys"));
    var jvm = new OneJvm(data, FreePorts.inARow(PORTS_IN_A_ROW), options);
    jvm.start();
    return jvm;
  }

  Installation installation() {
    return Installation.quickstart(Ports.from(portBase));
  }

  Path data() {
    return data;
  }

  /** Starts it and waits until it says that it is ready. */
  void start() {
    Path log = data.resolveSibling(data.getFileName() + "-" + ++starts + ".out");
    List<String> command = new ArrayList<>(Java.command());
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dorg.springframework.boot.logging.LoggingSystem=none",
            "-Dlogback.configurationFile=quickstart-logback.xml",
            "-Drebound.log=" + data.resolveSibling(data.getFileName() + ".log"),
            "-cp",
            Java.classPath(),
            "io.rebound.quickstart.Quickstart",
            "--data",
            data.toString(),
            "--port-base",
            String.valueOf(portBase)));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(log.toFile()))
              .start();
      waitFor(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void waitFor(Path log) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!said(log).contains("Rebound is ready")) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("Rebound didn't start:\n" + said(log));
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private static String said(Path log) throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** SIGKILL: nothing gets to clean up. PostgreSQL's processes are left behind. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  @Override
  public void close() {
    process.destroy();
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
