package io.rebound.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * The key that keeps rejected events unreadable in a dump of the database. It is a Tink keyset in a
 * file: add a key and make it primary to rotate, the old ones go on opening what they closed.
 */
public final class QuarantineKey {
  private final Aead aead;

  private QuarantineKey(Aead aead) {
    this.aead = aead;
  }

  static QuarantineKey read(Path file) {
    try {
      AeadConfig.register();
      KeysetHandle keys =
          TinkJsonProtoKeysetFormat.parseKeyset(
              Files.readString(file), InsecureSecretKeyAccess.get());
      return new QuarantineKey(keys.getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("The quarantine key " + file + " can't be read", e);
    }
  }

  /** Makes a new key where there is no file yet; readable by its owner only. */
  public static void createMissing(Path file) {
    if (Files.exists(file)) {
      return;
    }
    try {
      AeadConfig.register();
      KeysetHandle keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
      String json = TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path draft =
          Files.createTempFile(
              folder,
              "key",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, json);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param context bound to the ciphertext, needed to open it again
   */
  byte[] encrypt(byte[] plain, String context) {
    try {
      return aead.encrypt(plain, context.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A rejected event can't be encrypted", e);
    }
  }

  byte[] decrypt(byte[] encrypted, String context) {
    try {
      return aead.decrypt(encrypted, context.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A rejected event can't be opened with this key", e);
    }
  }
}
