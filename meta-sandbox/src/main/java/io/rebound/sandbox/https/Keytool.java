package io.rebound.sandbox.https;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Java runtime's own tool for keys and certificates: each runtime has one. */
final class Keytool {
  private final Path store;
  private final String password;

  Keytool(Path store, String password) {
    this.store = store;
    this.password = password;
  }

  /**
   * Adds a key pair on a 256-bit curve with its certificate to the store.
   *
   * @param more what else {@code -genkeypair} is to be told
   */
  void generate(String alias, String name, int days, String... more) throws IOException {
    var command = new ArrayList<>(List.of(tool(), "-genkeypair"));
    command.addAll(List.of("-alias", alias, "-dname", name, "-validity", String.valueOf(days)));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", password));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool couldn't make a certificate: " + said);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while keytool made a certificate", e);
    }
  }

  private static String tool() {
    return Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
  }
}
