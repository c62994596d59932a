package io.rebound.quickstart;

import io.rebound.quickstart.keys.KeysCommand;
import io.rebound.sealing.KeyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * {@code ./rebound keys}: an installation's own secrets. Key files in {@code deploy/keys} and an
 * {@code .env} for docker-compose with passwords, tokens and the hashes of the keys that it prints
 * once. Overwrites nothing. {@code ./rebound keys rotate} and others change keys that are there.
 */
public final class Keys {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<String> DATABASES =
      List.of("INGEST", "IDENTITY", "SEGMENTATION", "CAPI_SYNC", "CATALOG_FEED", "WHATSAPP");

  private Keys() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0 && KeysCommand.knows(arguments[0])) {
      System.exit(change(List.of(arguments)));
    }
    Path root = Path.of(arguments.length == 0 ? "." : arguments[0]);
    Path folder = root.resolve("deploy").resolve("keys");
    KeyFiles.createMissing(folder);
    System.out.println(
        "Key files are in " + folder + ": back them up, nothing else opens the data.");
    Path environment = root.resolve(".env");
    if (Files.exists(environment)) {
      System.out.println(environment + " is there already and stays as it is.");
      return;
    }
    String writeKey = secret();
    String adminKey = secret();
    String metricsKey = secret();
    Files.createFile(
        environment,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(environment, environment(writeKey, adminKey, metricsKey, owner(folder)));
    System.out.printf(
        """
        %s holds passwords, tokens and the hashes of these keys, which are shown only now:
          write key    %s   (your shop's, for the doors of ingest)
          admin key    %s   (header Authorization: Bearer)
          metrics key  %s   (Prometheus)
        """,
        environment, writeKey, adminKey, metricsKey);
  }

  /** Changes keys that are there. */
  private static int change(List<String> given) {
    Path folder = Path.of(".rebound", "keys");
    String key = System.getenv("REBOUND_ADMIN_KEY");
    List<String> words = given.stream().takeWhile(word -> !word.startsWith("--")).toList();
    var command =
        new KeysCommand(
            Option.of("--folder", given)
                .map(Path::of)
                .orElse(Files.exists(folder) ? folder : Path.of("deploy", "keys")),
            Option.of("--identity", given)
                .orElse("http://localhost:" + Ports.standard().identity()),
            key == null ? DemoSettings.ADMIN_KEY : key,
            Option.of("--progress", given).map(Path::of).orElse(null),
            System.out);
    return command.run(words.isEmpty() ? List.of("help") : words);
  }

  private static String environment(
      String writeKey, String adminKey, String metricsKey, String owner) {
    var text = new StringBuilder("# Made by ./rebound keys. Secret: keep it out of git.\n");
    line(text, "REBOUND_UID", owner);
    line(text, "WRITE_KEY_SHA256", sha256(writeKey));
    line(text, "ADMIN_KEY_SHA256", sha256(adminKey));
    line(text, "METRICS_KEY_SHA256", sha256(metricsKey));
    line(text, "POSTGRES_PASSWORD", secret());
    DATABASES.forEach(database -> line(text, database + "_DB_PASSWORD", secret()));
    line(text, "FEED_TOKEN", secret());
    text.append("# Meta's side: the sandbox until you put your own here\n");
    line(text, "META_BASE_URL", "http://sandbox:8090");
    line(text, "META_TOKEN", secret());
    line(text, "META_APP_SECRET", secret());
    line(text, "META_VERIFY_TOKEN", secret());
    line(text, "META_DATASET_ID", DemoSettings.DATASET);
    line(text, "META_AD_ACCOUNT_ID", DemoSettings.AD_ACCOUNT);
    line(text, "META_CATALOG_ID", DemoSettings.CATALOG);
    line(text, "META_PHONE_NUMBER_ID", DemoSettings.PHONE_NUMBER);
    line(text, "META_BUSINESS_ACCOUNT_ID", DemoSettings.BUSINESS_ACCOUNT);
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append('=').append(value).append('\n');
  }

  // containers read the key files as the user who made them
  private static String owner(Path folder) throws IOException {
    return Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
  }

  private static String secret() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
