package io.rebound.pseudonyms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.events.IdentifierType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String HASH =
      "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b"; // test@example.com

  private final Pseudonyms pseudonyms =
      new Pseudonyms(new Pepper("k1", List.of(new Pepper.Key("k1", SECRET))));

  /**
   * Expected: {@code printf 'email|973d…' | openssl dgst -sha256 -hmac $SECRET -binary | basenc
   * --base64url}, without padding.
   */
  @Test
  void a_pseudonym_is_the_keyed_hash_of_type_and_hash_behind_the_keys_id() {
    assertThat(pseudonyms.of(IdentifierType.EMAIL, HASH))
        .isEqualTo("k1.emeAYUl89dmc94MC8BvGlNzwj5LIgAb50P4qm4gKCag");
    assertThat(pseudonyms.of(IdentifierType.PHONE, HASH))
        .isEqualTo("k1.-MaYCpzkhEyXRNEtQNJ_kOehXERavoHHIqkgSBO8ob4");
  }

  @Test
  void the_primary_key_makes_new_pseudonyms() {
    var rotated =
        new Pseudonyms(
            new Pepper(
                "k2", List.of(new Pepper.Key("k1", SECRET), new Pepper.Key("k2", SECRET + "2"))));

    assertThat(rotated.of(IdentifierType.EMAIL, HASH))
        .startsWith("k2.")
        .isNotEqualTo("k2." + pseudonyms.of(IdentifierType.EMAIL, HASH).substring(3));
  }

  @Test
  void a_pepper_is_read_from_its_file(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("pepper.json");
    Files.writeString(
        file, "{\"primary\":\"k1\",\"keys\":[{\"id\":\"k1\",\"secret\":\"" + SECRET + "\"}]}");

    assertThat(new Pseudonyms(Pepper.read(file)).of(IdentifierType.EMAIL, HASH))
        .isEqualTo(pseudonyms.of(IdentifierType.EMAIL, HASH));
  }

  @Test
  void a_broken_pepper_file_is_named_and_not_quoted(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("pepper.json");
    Files.writeString(file, "{\"primary\": " + SECRET);

    assertThatThrownBy(() -> Pepper.read(file))
        .hasMessageContaining("pepper.json")
        .hasMessageNotContaining(SECRET)
        .hasNoCause();
  }

  @Test
  void a_short_secret_and_a_missing_primary_key_are_refused() {
    assertThatThrownBy(() -> new Pepper.Key("k1", "too short")).hasMessageContaining("32 bytes");
    assertThatThrownBy(() -> new Pepper("k2", List.of(new Pepper.Key("k1", SECRET))))
        .hasMessageContaining("primary");
  }

  @Test
  void a_pepper_never_shows_its_secret() {
    assertThat(new Pepper("k1", List.of(new Pepper.Key("k1", SECRET))).toString())
        .doesNotContain(SECRET);
  }
}
