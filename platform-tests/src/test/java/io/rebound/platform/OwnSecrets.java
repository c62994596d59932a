package io.rebound.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installation's own secrets, made by the command that users make theirs with.
 *
 * @param values the variables of {@code .env}
 */
record OwnSecrets(Path keys, Map<String, String> values, String writeKey, String adminKey) {

  /** Runs {@code ./rebound keys} in that folder. */
  static OwnSecrets make(Path folder, SameKeys keys) throws IOException, InterruptedException {
    Path keyFiles = folder.resolve("deploy").resolve("keys");
    keys.copyTo(keyFiles);
    List<String> command = new ArrayList<>(Java.command());
    command.addAll(
        List.of("-cp", Java.classPath(), "io.rebound.quickstart.Keys", folder.toString()));
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (made.waitFor() != 0) {
      throw new IllegalStateException("No keys were made: " + said);
    }
    Map<String, String> values = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve(".env"))) {
      int equals = line.indexOf('=');
      if (!line.startsWith("#") && equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return new OwnSecrets(keyFiles, values, key(said, "write"), key(said, "admin"));
  }

  private static String key(String said, String which) {
    Matcher line = Pattern.compile(which + " key\\s+(\\w+)").matcher(said);
    if (!line.find()) {
      throw new IllegalStateException("No " + which + " key was shown");
    }
    return line.group(1);
  }
}
