package io.rebound.ingest.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnAuthorityTest {
  @TempDir Path folder;

  @Test
  void what_clients_trust_is_kept_until_shortly_before_it_ends() throws IOException {
    OwnAuthority made = OwnAuthority.in(folder, Clock.systemUTC());
    String trusted = Files.readString(made.authority());

    OwnAuthority.in(folder, Clock.offset(Clock.systemUTC(), Duration.ofDays(700)));
    assertThat(Files.readString(made.authority())).isEqualTo(trusted);

    OwnAuthority.in(folder, Clock.offset(Clock.systemUTC(), Duration.ofDays(800)));
    assertThat(Files.readString(made.authority())).isNotEqualTo(trusted);
  }

  @Test
  void a_half_made_set_is_made_anew_and_the_key_is_its_owners_only() throws IOException {
    OwnAuthority made = OwnAuthority.in(folder, Clock.systemUTC());
    Files.delete(made.certificate());

    OwnAuthority.in(folder, Clock.systemUTC());

    assertThat(Files.readString(made.certificate())).endsWith(Files.readString(made.authority()));
    assertThat(Files.getPosixFilePermissions(made.privateKey()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(folder)) {
      assertThat(files)
          .containsExactlyInAnyOrder(made.authority(), made.certificate(), made.privateKey());
    }
  }
}
