package io.rebound.pseudonyms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rebound.events.IdentifierType;
import io.rebound.sealing.KeyFiles;
import io.rebound.sealing.KeyRotation;
import io.rebound.startup.KeyFileChanged;
import io.rebound.startup.WatchedFile;
import io.rebound.startup.WatchedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pepper changes while events come. */
class RotationTest {
  private static final String HASH = "a".repeat(64);
  private static final Instant RETIRED = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir private Path folder;
  private Path file;
  private String old;

  @BeforeEach
  void makeKeys() {
    KeyFiles.createMissing(folder);
    file = folder.resolve("pepper.json");
    old = pseudonyms().of(IdentifierType.EMAIL, HASH);
  }

  private Pseudonyms pseudonyms() {
    return new Pseudonyms(Pepper.read(file));
  }

  private List<String> at(Instant moment) {
    return pseudonyms().at(moment, IdentifierType.EMAIL, HASH);
  }

  @Test
  void with_one_key_an_identifier_has_one_pseudonym() {
    assertThat(at(RETIRED)).containsExactly(old);
    assertThat(pseudonyms().ever(IdentifierType.EMAIL, HASH)).containsExactly(old);
  }

  @Test
  void while_it_rotates_events_carry_both_the_new_one_first() {
    assertThat(new KeyRotation(folder).pepper()).isEqualTo("k2");

    assertThat(at(RETIRED)).hasSize(2).last().isEqualTo(old);
    assertThat(at(RETIRED).getFirst()).startsWith("k2.");
    assertThat(pseudonyms().of(IdentifierType.EMAIL, HASH)).isEqualTo(at(RETIRED).getFirst());
  }

  @Test
  void a_retired_key_is_for_what_happened_before_and_for_look_ups() {
    var rotation = new KeyRotation(folder);
    rotation.pepper();
    rotation.retirePepper("k1", RETIRED);

    assertThat(at(RETIRED)).hasSize(1).first().asString().startsWith("k2.");
    assertThat(at(RETIRED.minusSeconds(1))).hasSize(2).contains(old);
    assertThat(pseudonyms().ever(IdentifierType.EMAIL, HASH)).hasSize(2).contains(old);
  }

  @Test
  void the_primary_key_and_one_that_is_not_there_are_not_retired() {
    var rotation = new KeyRotation(folder);
    rotation.pepper();

    assertThatThrownBy(() -> rotation.retirePepper("k2", RETIRED)).hasMessageContaining("k2");
    assertThatThrownBy(() -> rotation.retirePepper("k9", RETIRED)).hasMessageContaining("k9");
  }

  @Test
  void a_changed_file_is_in_force_and_a_broken_one_leaves_the_last_good_in_force()
      throws IOException {
    var registry = new SimpleMeterRegistry();
    List<Object> told = new ArrayList<>();
    var files = new WatchedFiles(registry, "a-service", told::add);
    WatchedFile<Pseudonyms.Keys> watched =
        files.watch(file, (name, text) -> Pseudonyms.Keys.of(Pepper.parse(name, text)));
    Pseudonyms followed = Pseudonyms.following(watched);
    String good = Files.readString(file);
    assertThat(watched.look()).isFalse();

    for (String broken : List.of("", "{", "{\"primary\":\"k9\",\"keys\":[]}")) {
      Files.writeString(file, broken);
      assertThat(watched.look()).isFalse();
      assertThat(followed.ever(IdentifierType.EMAIL, HASH)).containsExactly(old);
      assertThat(registry.get("rebound_a_service_broken_key_files").gauge().value()).isOne();
    }
    Files.delete(file);
    assertThat(watched.look()).isFalse();
    assertThat(followed.ever(IdentifierType.EMAIL, HASH)).containsExactly(old);

    Files.writeString(file, good);
    new KeyRotation(folder).pepper();
    assertThat(watched.look()).isTrue();
    assertThat(followed.ever(IdentifierType.EMAIL, HASH)).hasSize(2).last().isEqualTo(old);
    assertThat(registry.get("rebound_a_service_broken_key_files").gauge().value()).isZero();
    files.look();
    assertThat(told).containsExactly(new KeyFileChanged("pepper.json"));
  }
}
