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

/** Services as processes of their own, killed one at a time, and their databases restored. */
@Tag("faults")
class KilledServicesTest {
  private static final int MESSAGES = Integer.getInteger("rebound.faults.messages", 10_000);
  private static final List<String> VICTIMS =
      List.of("identity", "segmentation", "capi-sync", "ingest", "sandbox");
  private static final List<String> RESTORED = List.of("identity", "segmentation", "capi-sync");

  @TempDir Path scratch;

  @Test
  void services_killed_one_at_a_time_and_databases_restored_come_to_the_same() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var keys = new SameKeys(scratch.resolve("keys"));
    List<Map<String, Object>> messages = Shop.messages(MESSAGES, now);

    Results undisturbed;
    try (OneJvm platform = OneJvm.start(scratch.resolve("undisturbed"), keys)) {
      platform.installation().putSegments();
      platform.installation().post(messages);
      undisturbed = Results.of(platform.installation(), now.toString());
    }
    assertThat(undisturbed.rfm()).hasSizeGreaterThan(MESSAGES / 20);

    long seed = System.nanoTime();
    System.out.println("Kills at random moments of seed " + seed);
    try (SeparateProcesses processes =
            SeparateProcesses.start(scratch.resolve("installation"), keys);
        ExecutorService shop = Executors.newSingleThreadExecutor()) {
      processes.installation().putSegments();
      CompletableFuture<Void> replay =
          CompletableFuture.runAsync(
              () -> {
                for (int from = 0; from < messages.size(); from += 100) {
                  processes
                      .installation()
                      .post(messages.subList(from, Math.min(messages.size(), from + 100)));
                  LockSupport.parkNanos(100_000_000L); // so that it lasts as long as the kills
                }
              },
              shop);
      var random = new Random(seed);
      for (String victim : VICTIMS) {
        LockSupport.parkNanos((500 + random.nextInt(2_000)) * 1_000_000L);
        processes.kill(victim);
        if (RESTORED.contains(victim)) {
          processes.copyDatabase(victim);
        }
        processes.startAgain(victim);
      }
      replay.join();
      Results.of(processes.installation(), now.toString()).assertSameAs(undisturbed);

      for (String service : RESTORED) {
        System.out.println("Restoring the database of " + service);
        processes.kill(service);
        processes.restoreDatabase(service);
        processes.startAgain(service);
        Results.of(processes.installation(), now.toString()).assertSameAs(undisturbed);
      }
    }
  }
}
