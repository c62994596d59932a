package io.rebound.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import io.rebound.startup.Misconfigured;
import io.rebound.startup.WatchedFile;
import io.rebound.startup.WatchedFiles;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * The key that keeps rejected events unreadable in a dump of the database. It is a Tink keyset in a
 * file that is looked at again every other second: the primary key closes, the others go on opening
 * what they closed.
 */
final class QuarantineKey {
  private final WatchedFile<Aead> file;

  private QuarantineKey(WatchedFile<Aead> file) {
    this.file = file;
  }

  /**
   * Goes by what the file says at each moment.
   *
   * @throws Misconfigured naming the file, if it can't be read now
   */
  static QuarantineKey following(Path file, WatchedFiles files) {
    return new QuarantineKey(files.watch(file, QuarantineKey::parse));
  }

  private static Aead parse(Path file, String text) {
    try {
      AeadConfig.register();
      return TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get())
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) { // its text could quote the file
      throw new Misconfigured("The quarantine's key file " + file + " isn't a Tink keyset");
    }
  }

  /**
   * @param context bound to the ciphertext, needed to open it again
   */
  byte[] encrypt(byte[] plain, String context) {
    try {
      return file.current().encrypt(plain, context.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A rejected event can't be encrypted", e);
    }
  }

  /** Empty if none of the keys opens it. */
  Optional<byte[]> decrypt(byte[] encrypted, String context) {
    Optional<byte[]> plain = opened(encrypted, context);
    // another instance may have closed it with a key that nobody has told us of yet
    return plain.isEmpty() && file.look() ? opened(encrypted, context) : plain;
  }

  private Optional<byte[]> opened(byte[] encrypted, String context) {
    try {
      return Optional.of(file.current().decrypt(encrypted, context.getBytes(UTF_8)));
    } catch (GeneralSecurityException notOurs) {
      return Optional.empty();
    }
  }
}
