package io.rebound.ingest.sdks;

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

/**
 * What is in {@code src/test/segment-sdks}, installed once for all tests in {@code
 * target/segment-sdks}.
 */
final class Node {
  private static final Path FROM = Path.of("src", "test", "segment-sdks");
  static final Path FOLDER = Path.of("target", "segment-sdks");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "conformance.js");

  private Node() {}

  private static final class Installed {
    static final boolean HERE = install();

    /** In CI a missing registry is a failure; elsewhere the tests are skipped. */
    private static boolean install() {
      try {
        Files.createDirectories(FOLDER);
        for (String file : FILES) {
          Files.copy(FROM.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run(
            Map.of(),
            "npm",
            "ci",
            "--prefer-offline",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts");
        return true;
      } catch (Exception | AssertionError missing) {
        if (System.getenv("CI") != null) {
          throw new IllegalStateException("The SDKs can't be installed", missing);
        }
        return false;
      }
    }
  }

  static void install() {
    assumeTrue(Installed.HERE, "Node.js, npm or its registry is missing: no SDK is tried here");
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

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
