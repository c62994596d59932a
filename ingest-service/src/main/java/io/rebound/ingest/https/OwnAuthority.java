package io.rebound.ingest.https;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A folder with a certificate for this machine, from an authority of its own, as PEM files. For the
 * quickstart and for trials; who is reached from outside brings a certificate that clients trust
 * already.
 */
public final class OwnAuthority {
  private static final String AUTHORITY = "ca";
  private static final String SERVER = "server";
  private static final int AUTHORITY_DAYS = 3_650;
  private static final int SERVER_DAYS = 820; // some clients take no certificate for longer
  private static final Duration LEFT = Duration.ofDays(30);
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

  private final Path folder;

  private OwnAuthority(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the files where they are missing or about to expire, and keeps them otherwise: clients
   * trust the authority.
   */
  public static OwnAuthority in(Path folder, Clock clock) throws IOException {
    var authority = new OwnAuthority(Files.createDirectories(folder).toAbsolutePath());
    if (!authority.isGood(clock)) {
      authority.make();
    }
    return authority;
  }

  /** What clients are to trust. */
  public Path authority() {
    return folder.resolve("ca.pem");
  }

  /** The server's certificate and the authority's. */
  public Path certificate() {
    return folder.resolve("server.pem");
  }

  /** The server's private key, PKCS 8; readable by its owner only. */
  public Path privateKey() {
    return folder.resolve("server.key");
  }

  private boolean isGood(Clock clock) throws IOException {
    for (Path file : List.of(authority(), certificate(), privateKey())) {
      if (!Files.exists(file)) {
        return false;
      }
    }
    try (InputStream pem = Files.newInputStream(certificate())) {
      var server =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      return server.getNotAfter().toInstant().isAfter(clock.instant().plus(LEFT));
    } catch (GeneralSecurityException e) {
      throw new IOException(certificate() + " can't be read", e);
    }
  }

  // The authority's own key is thrown away: nobody can have a second certificate made by it. The
  // certificate goes last, so that a half-made set is made anew.
  private void make() throws IOException {
    Path making = Files.createTempDirectory(folder, "making");
    Path store = making.resolve("keys.p12");
    try {
      String password = UUID.randomUUID().toString();
      var keytool = new Keytool(store, password);
      keytool.add(
          AUTHORITY,
          "CN=Rebound ingest authority",
          AUTHORITY_DAYS,
          "-ext",
          "bc:c=ca:true,pathlen:0",
          "-ext",
          "ku:c=keyCertSign,cRLSign");
      keytool.add(
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
      write(making, KeyStore.getInstance(store.toFile(), password.toCharArray()), password);
    } catch (GeneralSecurityException e) {
      throw new IOException("A certificate can't be made", e);
    } finally {
      Files.deleteIfExists(store);
      Files.delete(making);
    }
  }

  private void write(Path making, KeyStore keys, String password)
      throws IOException, GeneralSecurityException {
    String authority = pem("CERTIFICATE", keys.getCertificate(AUTHORITY).getEncoded());
    String server = pem("CERTIFICATE", keys.getCertificate(SERVER).getEncoded());
    byte[] key = keys.getKey(SERVER, password.toCharArray()).getEncoded();
    place(making, privateKey(), pem("PRIVATE KEY", key));
    place(making, authority(), authority);
    place(making, certificate(), server + authority);
  }

  private static void place(Path making, Path file, String text) throws IOException {
    Path written =
        Files.createFile(
            making.resolve(file.getFileName()),
            PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(
                    file.toString().endsWith(".key") ? "rw-------" : "rw-r--r--")));
    Files.writeString(written, text);
    Files.move(written, file, ATOMIC_MOVE);
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, LINES.encodeToString(content));
  }
}
