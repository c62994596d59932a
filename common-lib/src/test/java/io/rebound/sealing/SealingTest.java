package io.rebound.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import io.rebound.events.Contact;
import io.rebound.events.EventKey;
import io.rebound.events.MatchKeys;
import io.rebound.events.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {
  private static final EventKey EVENT = new EventKey("shop", "e-1");
  private static final Contact CONTACT = new Contact("+4915112345678", "Ada", "de");

  @TempDir Path folder;

  @Test
  void what_was_sealed_to_a_receiver_opens_there() {
    KeyFiles.createMissing(folder);
    Sealer sealer = Sealer.fromPublicKeyset(folder.resolve("whatsapp.public.json"));
    Opener opener = Opener.fromPrivateKeyset(folder.resolve("whatsapp.private.json"));

    Sealed sealed = sealer.seal(CONTACT, EVENT);

    assertThat(opener.open(sealed, EVENT, Contact.class)).isEqualTo(CONTACT);
    assertThat(sealed.toString()).doesNotContain("4915112345678").doesNotContain("Ada");
  }

  @Test
  void match_keys_come_back_as_they_were() {
    KeyFiles.createMissing(folder);
    var keys = new MatchKeys(Map.of("em", List.of("a".repeat(64), "b".repeat(64))));
    Sealed sealed =
        Sealer.fromPublicKeyset(folder.resolve("capi-sync.public.json")).seal(keys, EVENT);

    assertThat(
            Opener.fromPrivateKeyset(folder.resolve("capi-sync.private.json"))
                .open(sealed, EVENT, MatchKeys.class))
        .isEqualTo(keys);
  }

  @Test
  void nobody_else_opens_it() throws GeneralSecurityException {
    Sealed sealed = Sealer.of(Keysets.newPrivate().getPublicKeysetHandle()).seal(CONTACT, EVENT);
    Opener stranger = Opener.of(Keysets.newPrivate());

    assertThatThrownBy(() -> stranger.open(sealed, EVENT, Contact.class))
        .isInstanceOf(UnreadableSeal.class);
  }

  @Test
  void it_does_not_open_with_another_event() throws GeneralSecurityException {
    KeysetHandle keys = Keysets.newPrivate();
    Sealed sealed = Sealer.of(keys.getPublicKeysetHandle()).seal(CONTACT, EVENT);

    for (EventKey other : List.of(new EventKey("shop", "e-2"), new EventKey("shop2", "e-1"))) {
      assertThatThrownBy(() -> Opener.of(keys).open(sealed, other, Contact.class))
          .isInstanceOf(UnreadableSeal.class);
    }
  }

  @Test
  void a_changed_envelope_does_not_open_and_its_error_says_nothing_of_it()
      throws GeneralSecurityException {
    KeysetHandle keys = Keysets.newPrivate();
    Sealed sealed = Sealer.of(keys.getPublicKeysetHandle()).seal(CONTACT, EVENT);
    byte[] box = Base64.getUrlDecoder().decode(sealed.box());
    Opener opener = Opener.of(keys);

    for (int at = 0; at < box.length; at += 7) {
      byte[] changed = box.clone();
      changed[at] ^= 1;
      Sealed forged = new Sealed(sealed.key(), Base64.getUrlEncoder().encodeToString(changed));
      assertThatThrownBy(() -> opener.open(forged, EVENT, Contact.class))
          .isInstanceOf(UnreadableSeal.class)
          .hasNoCause();
    }
    Stream.of(new Sealed("", ""), new Sealed("%", "%"), new Sealed(sealed.key(), "AAAA"))
        .forEach(nonsense ->
            assertThatThrownBy(() -> opener.open(nonsense, EVENT, Contact.class))
                .isInstanceOf(UnreadableSeal.class));
  }

  @Test
  void envelopes_share_a_data_key_and_never_look_alike() throws GeneralSecurityException {
    Sealer sealer = Sealer.of(Keysets.newPrivate().getPublicKeysetHandle());
    var keys = new HashSet<String>();
    var boxes = new HashSet<String>();
    for (int i = 0; i < 1000; i++) {
      Sealed sealed = sealer.seal(CONTACT, EVENT);
      keys.add(sealed.key());
      boxes.add(sealed.box());
    }

    assertThat(keys).hasSize(1);
    assertThat(boxes).hasSize(1000);
  }

  @Test
  void after_a_rotation_the_old_envelopes_open_still() throws GeneralSecurityException {
    KeysetHandle old = Keysets.newPrivate();
    Sealed before = Sealer.of(old.getPublicKeysetHandle()).seal(CONTACT, EVENT);
    KeysetHandle rotated =
        KeysetHandle.newBuilder(old)
            .addEntry(
                KeysetHandle.generateEntryFromParameters(Keysets.parameters())
                    .withRandomId()
                    .makePrimary())
            .build();
    Sealed after = Sealer.of(rotated.getPublicKeysetHandle()).seal(CONTACT, EVENT);
    Opener opener = Opener.of(rotated);

    assertThat(opener.open(before, EVENT, Contact.class)).isEqualTo(CONTACT);
    assertThat(opener.open(after, EVENT, Contact.class)).isEqualTo(CONTACT);
    assertThatThrownBy(() -> Opener.of(old).open(after, EVENT, Contact.class))
        .isInstanceOf(UnreadableSeal.class);
  }

  @Test
  void key_files_are_their_owners_only_and_never_overwritten() throws IOException {
    KeyFiles.createMissing(folder);
    Path pepper = folder.resolve("pepper.json");
    String first = Files.readString(pepper);
    String key = Files.readString(folder.resolve("capi-sync.private.json"));

    KeyFiles.createMissing(folder);

    assertThat(Files.readString(pepper)).isEqualTo(first);
    assertThat(Files.readString(folder.resolve("capi-sync.private.json"))).isEqualTo(key);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .hasSize(8)
          .allSatisfy(file ->
              assertThat(Files.getPosixFilePermissions(file))
                  .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }
  }

  @Test
  void a_public_key_file_holds_no_secret() throws IOException {
    KeyFiles.createMissing(folder);

    assertThat(Files.readString(folder.resolve("whatsapp.public.json")))
        .contains("ASYMMETRIC_PUBLIC")
        .doesNotContain("ASYMMETRIC_PRIVATE");
  }

  @Test
  void a_missing_key_file_is_named() {
    assertThatThrownBy(() -> Opener.fromPrivateKeyset(folder.resolve("nowhere.json")))
        .hasMessageContaining("nowhere.json");
  }
}
