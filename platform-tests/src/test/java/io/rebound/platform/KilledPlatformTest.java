package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole platform in one process, killed at random moments. */
@Tag("faults")
class KilledPlatformTest {
  private static final int MESSAGES = Integer.getInteger("rebound.faults.messages", 10_000);
  private static final int KILLS = 3;

  @TempDir Path scratch;

  @Test
  void a_platform_killed_three_times_during_a_replay_comes_to_the_same_as_one_that_was_not()
      throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var keys = new SameKeys(scratch.resolve("keys"));
    List<Map<String, Object>> messages = Shop.messages(MESSAGES, now);

    Results undisturbed;
    try (OneJvm platform = OneJvm.start(scratch.resolve("undisturbed"), keys)) {
      platform.installation().putSegments();
      platform.installation().post(messages);
      undisturbed = Results.of(platform.installation(), now.toString());
    }

    Results killed;
    long seed = System.nanoTime();
    System.out.println("Kills at random moments of seed " + seed);
    try (OneJvm platform = OneJvm.start(scratch.resolve("killed"), keys);
        ExecutorService shop = Executors.newSingleThreadExecutor()) {
      platform.installation().putSegments();
      CompletableFuture<Void> replay =
          CompletableFuture.runAsync(() -> platform.installation().post(messages), shop);
      var random = new Random(seed);
      for (int kill = 0; kill < KILLS; kill++) {
        LockSupport.parkNanos((500 + random.nextInt(3_000)) * 1_000_000L);
        platform.kill();
        platform.start();
      }
      replay.join();
      killed = Results.of(platform.installation(), now.toString());
    }

    assertThat(undisturbed.rfm()).hasSizeGreaterThan(MESSAGES / 20);
    killed.assertSameAs(undisturbed);
  }
}
