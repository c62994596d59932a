package io.rebound.sealing;

import com.google.crypto.tink.KeysetHandle;
import io.rebound.events.EventJson;
import io.rebound.pseudonyms.Pepper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Makes the key files an installation needs: {@code pepper.json}, {@code quarantine.json} and, for
 * capi-sync, whatsapp and identity each, {@code <service>.private.json} and {@code
 * <service>.public.json}. They are readable by their owner only and never overwritten: who loses
 * them can't open what is in the topics any more.
 */
public final class KeyFiles {
  private static final List<String> RECEIVERS = List.of("capi-sync", "whatsapp", "identity");

  private KeyFiles() {}

  /** Makes in that folder what isn't there yet. Safe against being killed half-way. */
  public static void createMissing(Path folder) {
    try {
      Files.createDirectories(folder);
      createIfMissing(folder.resolve("pepper.json"), KeyFiles::newPepper);
      createIfMissing(
          folder.resolve("quarantine.json"),
          () -> Keysets.secretJson(KeysetHandle.generateNew(Keysets.quarantineParameters())));
      for (String receiver : RECEIVERS) {
        Path privateFile = folder.resolve(receiver + ".private.json");
        createIfMissing(privateFile, () -> Keysets.secretJson(Keysets.newPrivate()));
        KeysetHandle keys = Keysets.readSecret(privateFile);
        createIfMissing(folder.resolve(receiver + ".public.json"), () -> Keysets.publicJson(keys));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The keys can't be written to " + folder, e);
    }
  }

  private static String newPepper() {
    return EventJson.MAPPER.writeValueAsString(
        new Pepper("k1", List.of(new Pepper.Key("k1", newSecret()))));
  }

  static String newSecret() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  private static void createIfMissing(Path file, Callable<String> content) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "key",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, content.call());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key can't be generated", e);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
