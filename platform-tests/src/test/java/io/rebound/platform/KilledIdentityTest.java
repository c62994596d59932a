package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.platform.IdentitySample.Partition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is who in the sample, while everything is killed again and again. */
@Tag("faults")
class KilledIdentityTest {
  private static final int KILLS = 4;

  @TempDir Path scratch;

  @Test
  void kills_change_nothing_about_who_is_who() throws Exception {
    long seed = System.nanoTime();
    System.out.println("Order and kills of seed " + seed);
    var random = new Random(seed);
    List<Map<String, Object>> messages = new ArrayList<>(IdentitySample.messages());
    Collections.shuffle(messages, random);
    try (OneJvm platform =
        OneJvm.start(scratch.resolve("data"), new SameKeys(scratch.resolve("keys")))) {
      Installation shop = platform.installation();
      CompletableFuture<Void> posting = CompletableFuture.runAsync(() -> shop.post(messages));
      for (int kill = 0; kill < KILLS; kill++) {
        LockSupport.parkNanos((1_000 + random.nextInt(2_000)) * 1_000_000L);
        platform.kill();
        platform.start();
      }
      posting.join();
      Results.settle(shop);

      Partition found = Partition.of(SampleIdentityTest.export(shop.ports()));
      Partition expected = IdentitySample.expected();
      assertThat(found.nobodys()).isEqualTo(expected.nobodys());
      assertThat(found.clusters()).isEqualTo(expected.clusters());
    }
  }
}
