package io.rebound.sandbox.https;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/**
 * A folder with the sandbox's certificate authority and its server certificate for this machine's
 * names. Made when they are missing and kept from then on, so that clients that trust {@code
 * ca.pem} go on trusting it.
 */
final class Certificates {
  /** Keeps nobody out, but a key store can't be without; the file's permissions do. */
  static final String PASSWORD = "sandbox";

  static final String SERVER = "server";

  private static final String AUTHORITY = "ca";
  private static final int AUTHORITY_DAYS = 3_650;
  private static final int SERVER_DAYS = 820; // some clients take no certificate for longer
  private static final Duration LEFT = Duration.ofDays(30);
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** Makes what the folder lacks, or what is about to expire. */
  static Certificates in(Path folder, Clock clock) throws IOException {
    var certificates = new Certificates(Files.createDirectories(folder).toAbsolutePath());
    if (!certificates.isGood(clock)) {
      certificates.make();
    }
    return certificates;
  }

  /** The key store with the server's key; readable by its owner only. */
  Path keys() {
    return folder.resolve("keys.p12");
  }

  /** The authority's certificate, for clients to trust. */
  Path authority() {
    return folder.resolve("ca.pem");
  }

  private boolean isGood(Clock clock) throws IOException {
    if (!Files.exists(keys()) || !Files.exists(authority())) {
      return false;
    }
    var server = certificate(keys(), SERVER);
    return server.getNotAfter().toInstant().isAfter(clock.instant().plus(LEFT));
  }

  // in a folder that only the owner may enter, then moved: no one ever sees a half of it
  private void make() throws IOException {
    Path making = Files.createTempDirectory(folder, "making");
    Path store = making.resolve("keys.p12");
    Path pem = making.resolve("ca.pem");
    try {
      var keytool = new Keytool(store, PASSWORD);
      keytool.generate(
          AUTHORITY,
          "CN=Rebound sandbox authority",
          AUTHORITY_DAYS,
          "-ext",
          "bc:c=ca:true,pathlen:0",
          "-ext",
          "ku:c=keyCertSign,cRLSign");
      keytool.generate(
          SERVER,
          "CN=localhost",
          SERVER_DAYS,
          "-signer",
          AUTHORITY,
          "-ext",
          "san=dns:localhost,ip:127.0.0.1,ip:::1",
          "-ext",
          "ku:c=digitalSignature",
          "-ext",
          "eku=serverAuth");
      Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
      Files.writeString(pem, pem(certificate(store, AUTHORITY)));
      Files.move(store, keys(), ATOMIC_MOVE);
      Files.move(pem, authority(), ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(store);
      Files.deleteIfExists(pem);
      Files.delete(making);
    }
  }

  private static X509Certificate certificate(Path store, String alias) throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      if (keys.getCertificate(alias) instanceof X509Certificate certificate) {
        return certificate;
      }
      throw new IOException(store + " has no certificate named " + alias);
    } catch (GeneralSecurityException e) {
      throw new IOException(store + " can't be read", e);
    }
  }

  private static String pem(X509Certificate certificate) throws IOException {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + LINES.encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IOException("A certificate can't be written", e);
    }
  }
}
