package io.rebound.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rebound.sealing.KeyFiles;
import io.rebound.sealing.KeyRotation;
import io.rebound.startup.Misconfigured;
import io.rebound.startup.WatchedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quarantine's key is replaced while doors refuse events. */
class QuarantineKeyTest {
  private static final byte[] BODY = "{\"userId\":\"ada\"}".getBytes(UTF_8);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void makeKeys() {
    KeyFiles.createMissing(folder);
    file = folder.resolve("quarantine.json");
  }

  @Test
  void what_an_old_key_closed_opens_and_the_new_one_closes() {
    WatchedFiles files = files();
    QuarantineKey key = QuarantineKey.following(file, files);
    byte[] before = key.encrypt(BODY, "shop/track");

    KeyRotation.Replaced keys = new KeyRotation(folder).quarantine();
    files.look();
    byte[] after = key.encrypt(BODY, "shop/track");
    new KeyRotation(folder).dropQuarantineKey(keys.old());
    QuarantineKey alone = QuarantineKey.following(file, files());

    assertThat(key.decrypt(before, "shop/track")).hasValue(BODY);
    assertThat(alone.decrypt(after, "shop/track")).hasValue(BODY);
    assertThat(alone.decrypt(before, "shop/track")).isEmpty();
    assertThat(alone.decrypt(after, "shop/identify")).isEmpty();
  }

  @Test
  void one_that_was_told_nothing_of_a_new_key_looks_when_it_meets_it() {
    QuarantineKey here = QuarantineKey.following(file, files());
    WatchedFiles files = files();
    QuarantineKey there = QuarantineKey.following(file, files);

    new KeyRotation(folder).quarantine();
    files.look();

    assertThat(here.decrypt(there.encrypt(BODY, "shop/track"), "shop/track")).hasValue(BODY);
  }

  @Test
  void only_an_old_key_can_be_dropped() {
    var rotation = new KeyRotation(folder);
    KeyRotation.Replaced keys = rotation.quarantine();

    assertThatThrownBy(() -> rotation.dropQuarantineKey(keys.now()))
        .isInstanceOf(Misconfigured.class)
        .hasMessage("The quarantine has no key " + keys.now() + " beside the primary one");
    assertThatThrownBy(() -> rotation.dropQuarantineKey(17)).isInstanceOf(Misconfigured.class);
  }

  @Test
  void a_file_that_is_no_keyset_is_named_and_not_quoted() throws IOException {
    Files.writeString(file, "a-secret-in-the-wrong-place");

    assertThatThrownBy(() -> QuarantineKey.following(file, files()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("quarantine.json")
        .hasMessageNotContaining("a-secret");
  }

  private static WatchedFiles files() {
    return new WatchedFiles(new SimpleMeterRegistry(), "here", _ -> {});
  }
}
