package io.rebound.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs what is in {@code src/test/node} as a process of its own, in {@code target/node}. */
final class Node {
  private static final Path FROM = Path.of("src", "test", "node");
  private static final Path FOLDER = Path.of("target", "node");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "conformance.js");

  private Node() {}

  /** Skips the test where Node.js is missing; elsewhere installs what the lock file names. */
  static void install() throws Exception {
    assumeTrue(
        exists("node") && exists("npm"),
        "Node.js or npm is missing: the sandbox isn't held to Meta's Node SDK here");
    Files.createDirectories(FOLDER);
    for (String file : FILES) {
      Files.copy(FROM.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run(Map.of(), "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts");
  }

  /** What the process wrote to its standard output. */
  static String run(Map<String, String> environment, String... command) throws Exception {
    Path output = Files.createTempFile("node", ".out");
    Path errors = Files.createTempFile("node", ".err");
    try {
      var builder = new ProcessBuilder(command).directory(FOLDER.toFile());
      builder.environment().putAll(environment);
      builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
      Process process = builder.start();
      try {
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(command[0] + " ends").isTrue();
        assertThat(process.exitValue()).as(() -> read(errors)).isZero();
      } finally {
        process.destroy();
      }
      return read(output);
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private static boolean exists(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
