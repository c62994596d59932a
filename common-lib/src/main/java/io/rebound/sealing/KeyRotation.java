package io.rebound.sealing;

import com.google.crypto.tink.KeysetHandle;
import io.rebound.events.EventJson;
import io.rebound.pseudonyms.Pepper;
import io.rebound.startup.Misconfigured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Changes the key files of a folder: a new key beside the old ones, or the end of an old one.
 * Services that watch the files follow within seconds.
 *
 * <p>A file is written in place, because containers hold on to the file itself and not to its name.
 * What is to stand in it is kept beside it, on disk, until it does: a change that was killed
 * half-way is finished by the next.
 */
public final class KeyRotation {
  private static final String DRAFT = ".new";

  private final Path folder;

  public KeyRotation(Path folder) {
    this.folder = folder;
    List.of(
            "pepper",
            "quarantine",
            "capi-sync.private",
            "capi-sync.public",
            "whatsapp.private",
            "whatsapp.public")
        .forEach(name -> finish(folder.resolve(name + ".json")));
  }

  /** A new primary pepper key; the others live on. Returns its id. */
  public String pepper() {
    Pepper pepper = Pepper.read(pepperFile());
    int number = 1;
    Set<String> ids = Set.copyOf(pepper.keys().stream().map(Pepper.Key::id).toList());
    while (ids.contains("k" + number)) {
      number++;
    }
    var keys = new ArrayList<>(pepper.keys());
    keys.add(new Pepper.Key("k" + number, KeyFiles.newSecret()));
    write(pepperFile(), EventJson.MAPPER.writeValueAsString(new Pepper("k" + number, keys)));
    return "k" + number;
  }

  /**
   * From that moment on nothing gets this pepper key's pseudonym any more.
   *
   * @throws Misconfigured if it is no living key beside the primary one
   */
  public void retirePepper(String id, Instant at) {
    Pepper pepper = Pepper.read(pepperFile());
    if (id.equals(pepper.primary())
        || pepper.keys().stream()
            .noneMatch(key -> key.id().equals(id) && key.retiredAt() == null)) {
      throw new Misconfigured("The pepper has no living key " + id + " beside the primary one");
    }
    List<Pepper.Key> keys =
        pepper.keys().stream()
            .map(key -> key.id().equals(id) ? new Pepper.Key(id, key.secret(), at) : key)
            .toList();
    write(pepperFile(), EventJson.MAPPER.writeValueAsString(new Pepper(pepper.primary(), keys)));
  }

  /**
   * A new primary key of a receiver; the old ones go on opening. Returns its id.
   *
   * @param receiver {@code capi-sync} or {@code whatsapp}
   */
  public long receiver(String receiver) {
    try {
      KeysetHandle keys =
          Keysets.rotated(Keysets.readSecret(privateFile(receiver)), Keysets.parameters());
      writeKeyset(receiver, keys);
      return primary(keys);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key can't be generated", e);
    }
  }

  /**
   * Ids of the primary keys before and after.
   *
   * @param old goes on opening what it closed
   */
  public record Replaced(long old, long now) {}

  /** A new primary key of ingest's quarantine; the old ones go on opening. */
  public Replaced quarantine() {
    try {
      KeysetHandle old = Keysets.readSecret(quarantineFile());
      KeysetHandle now = Keysets.rotated(old, Keysets.quarantineParameters());
      write(quarantineFile(), Keysets.secretJson(now));
      return new Replaced(primary(old), primary(now));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key can't be generated", e);
    }
  }

  private static long primary(KeysetHandle keys) {
    return Integer.toUnsignedLong(keys.getPrimary().getId());
  }

  /**
   * Takes an old key out of a receiver's keysets. What is sealed to it opens never again.
   *
   * @throws Misconfigured if it is none of the receiver's keys, or the primary one
   */
  public void dropReceiverKey(String receiver, long id) {
    try {
      writeKeyset(receiver, without(Keysets.readSecret(privateFile(receiver)), receiver, id));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key can't be taken out", e);
    }
  }

  /**
   * Takes an old key out of the quarantine's keyset. What was refused under it opens never again.
   *
   * @throws Misconfigured if it is none of its keys, or the primary one
   */
  public void dropQuarantineKey(long id) {
    try {
      KeysetHandle rest = without(Keysets.readSecret(quarantineFile()), "The quarantine", id);
      write(quarantineFile(), Keysets.secretJson(rest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key can't be taken out", e);
    }
  }

  private static KeysetHandle without(KeysetHandle keys, String whose, long id)
      throws GeneralSecurityException {
    KeysetHandle.Builder rest = KeysetHandle.newBuilder(keys);
    for (int at = rest.size() - 1; at >= 0; at--) {
      if (Integer.toUnsignedLong(keys.getAt(at).getId()) == id && !keys.getAt(at).isPrimary()) {
        rest.deleteAt(at);
      }
    }
    if (rest.size() == keys.size()) {
      throw new Misconfigured(whose + " has no key " + id + " beside the primary one");
    }
    return rest.build();
  }

  // who opens must have a key before anybody seals to it
  private void writeKeyset(String receiver, KeysetHandle keys) throws GeneralSecurityException {
    write(privateFile(receiver), Keysets.secretJson(keys));
    write(folder.resolve(receiver + ".public.json"), Keysets.publicJson(keys));
  }

  private Path pepperFile() {
    return folder.resolve("pepper.json");
  }

  private Path quarantineFile() {
    return folder.resolve("quarantine.json");
  }

  private Path privateFile(String receiver) {
    return folder.resolve(receiver + ".private.json");
  }

  private static void write(Path file, String text) {
    Path draft = draft(file);
    try {
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, text + System.lineSeparator());
      onDisk(draft);
    } catch (IOException e) {
      throw new UncheckedIOException("The key file " + draft + " can't be written", e);
    }
    finish(file);
  }

  private static void finish(Path file) {
    Path draft = draft(file);
    try {
      if (Files.exists(draft)) {
        String text = Files.readString(draft);
        if (text.endsWith(System.lineSeparator())) { // else it was killed before it was whole
          Files.writeString(file, text);
          onDisk(file);
        }
        Files.delete(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The key file " + file + " can't be written", e);
    }
  }

  private static Path draft(Path file) {
    return file.resolveSibling(file.getFileName() + DRAFT);
  }

  private static void onDisk(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
