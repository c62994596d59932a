package io.rebound.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rebound.events.Contact;
import io.rebound.events.EventKey;
import io.rebound.events.Sealed;
import io.rebound.startup.WatchedFile;
import io.rebound.startup.WatchedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers' keys change while events are sealed and opened. */
class KeyRotationTest {
  private static final EventKey EVENT = new EventKey("shop", "e-1");
  private static final Contact CONTACT = new Contact("+4915112345678", "Ada", "de");

  @TempDir private Path folder;
  private Path privateFile;
  private Path publicFile;

  @BeforeEach
  void makeKeys() {
    KeyFiles.createMissing(folder);
    privateFile = folder.resolve("whatsapp.private.json");
    publicFile = folder.resolve("whatsapp.public.json");
  }

  @Test
  void an_envelope_tells_the_key_it_was_sealed_to() throws GeneralSecurityException {
    for (int key = 0; key < 50; key++) { // ids are random: also such above 2^31
      KeysetHandle keys = Keysets.newPrivate();
      Sealed sealed = Sealer.of(keys.getPublicKeysetHandle()).seal(CONTACT, EVENT);

      assertThat(SealingKeyId.of(sealed))
          .hasValue(Integer.toUnsignedLong(keys.getPrimary().getId()));
    }
    assertThat(SealingKeyId.of(new Sealed("short", "box"))).isEmpty();
    assertThat(SealingKeyId.of(new Sealed("no base64 at all", "box"))).isEmpty();
  }

  @Test
  void a_sealer_goes_over_to_the_new_key_and_everything_opens() {
    var files = new WatchedFiles(new SimpleMeterRegistry(), "here", _ -> {});
    Sealer sealer = Sealer.following(publicFile, files);
    Opener opener = Opener.following(new WatchedFile<>(privateFile, PrivateKeys::parse, () -> {}));
    Sealed before = sealer.seal(CONTACT, EVENT);

    long key = new KeyRotation(folder).receiver("whatsapp");
    files.look();
    Sealed after = sealer.seal(CONTACT, EVENT);

    assertThat(SealingKeyId.of(after)).hasValue(key);
    // nobody told it of the new key: it looks when an envelope is sealed to one it doesn't know
    assertThat(opener.open(after, EVENT, Contact.class)).isEqualTo(CONTACT);
    assertThat(opener.open(before, EVENT, Contact.class)).isEqualTo(CONTACT);
    assertThat(opener.primaryKey()).isEqualTo(key);
    assertThat(SealingKeyId.of(opener.toItself().seal(CONTACT, EVENT))).hasValue(key);
  }

  @Test
  void what_was_sealed_to_a_dropped_key_opens_no_more() {
    Sealed before = Sealer.fromPublicKeyset(publicFile).seal(CONTACT, EVENT);
    long old = SealingKeyId.of(before).orElseThrow();
    var rotation = new KeyRotation(folder);
    long key = rotation.receiver("whatsapp");
    assertThatThrownBy(() -> rotation.dropReceiverKey("whatsapp", key))
        .hasMessageContaining("beside the primary one");

    rotation.dropReceiverKey("whatsapp", old);

    Opener opener = Opener.fromPrivateKeyset(privateFile);
    assertThatThrownBy(() -> opener.open(before, EVENT, Contact.class))
        .isInstanceOf(UnknownSealingKey.class);
    Sealed after = Sealer.fromPublicKeyset(publicFile).seal(CONTACT, EVENT);
    assertThat(opener.open(after, EVENT, Contact.class)).isEqualTo(CONTACT);
  }

  @Test
  void a_change_that_was_killed_half_way_is_finished_by_the_next() throws IOException {
    String before = Files.readString(publicFile);
    new KeyRotation(folder).receiver("whatsapp");
    String whole = Files.readString(publicFile);
    Path draft = folder.resolve("whatsapp.public.json.new");

    Files.writeString(publicFile, whole.substring(0, 20)); // killed while it wrote the file
    Files.writeString(draft, whole);
    new KeyRotation(folder);
    assertThat(publicFile).hasContent(whole);
    assertThat(draft).doesNotExist();

    Files.writeString(publicFile, before); // killed while it wrote the draft
    Files.writeString(draft, whole.substring(0, 20));
    new KeyRotation(folder);
    assertThat(publicFile).hasContent(before);
    assertThat(draft).doesNotExist();
  }

  @Test
  void changed_files_are_still_their_owners_only_and_the_same_file() throws IOException {
    Object inode = Files.getAttribute(privateFile, "unix:ino");

    new KeyRotation(folder).receiver("whatsapp");

    assertThat(Files.getPosixFilePermissions(privateFile))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getAttribute(privateFile, "unix:ino")).isEqualTo(inode);
    assertThat(Files.readString(publicFile)).doesNotContain("ASYMMETRIC_PRIVATE");
  }
}
