package io.rebound.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGKILL of this JVM leaves its PostgreSQL running, and a new one would silently attach to it. The
 * postmaster's pid file names it; it is asked to stop (fast shutdown is SIGINT) and waited for.
 */
final class LeftBehind {
  private static final Logger log = LoggerFactory.getLogger(LeftBehind.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private LeftBehind() {}

  static void stop(Path folder, Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> postmaster =
        lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    if (postmaster.filter(process -> isPostgresOf(process, folder)).isPresent()) {
      log.atInfo().log("A PostgreSQL server was left behind by a killed process; stopping it");
      interrupt(postmaster.get());
      awaitEnd(postmaster.get());
    }
    Files.deleteIfExists(pidFile);
    Files.deleteIfExists(data.resolve("epg-lock"));
  }

  /** The pid may have been given to somebody else since. */
  private static boolean isPostgresOf(ProcessHandle process, Path folder) {
    return process
        .info()
        .commandLine()
        .map(line -> line.contains("postgres") && line.contains(folder.getFileName().toString()))
        .orElse(false);
  }

  private static void interrupt(ProcessHandle process) throws IOException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
  }

  private static void awaitEnd(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException(
          "The PostgreSQL server of an earlier run (pid " + process.pid() + ") doesn't stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while PostgreSQL stops", e);
    }
  }
}
