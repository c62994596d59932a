package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services as an installation runs them. */
class SeparateProcessesTest {
  private static final int MESSAGES = 500;

  @TempDir Path scratch;

  @Test
  void services_started_as_the_compose_file_says_bring_events_from_the_door_to_meta()
      throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var keys = new SameKeys(scratch.resolve("keys"));
    try (SeparateProcesses processes =
        SeparateProcesses.start(scratch.resolve("installation"), keys)) {
      Installation installation = processes.installation();
      installation.putSegments();
      installation.post(Shop.messages(MESSAGES, now));

      Results results = Results.of(installation, now.toString());

      assertThat(results.rfm()).hasSizeGreaterThan(MESSAGES / 20);
      assertThat(results.conversions()).hasSizeGreaterThan(MESSAGES / 5);
      assertThat(results.audiences())
          .containsOnlyKeys("Rebound at-risk", "Rebound cart-abandoners", "Rebound champions");
      assertThat(results.audiences().get("Rebound cart-abandoners")).isNotEmpty();
    }
  }
}
