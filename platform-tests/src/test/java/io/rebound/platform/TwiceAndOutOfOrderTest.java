package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.quickstart.Platform;
import io.rebound.quickstart.Ports;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole platform in this JVM, from the doors to the sandbox. */
class TwiceAndOutOfOrderTest {
  private static final int MESSAGES = 1_500;

  @TempDir Path scratch;

  @Test
  void events_posted_twice_and_out_of_order_come_to_the_same_everywhere() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var keys = new SameKeys(scratch.resolve("keys"));
    List<Map<String, Object>> messages = Shop.messages(MESSAGES, now);
    List<Map<String, Object>> disorder = new ArrayList<>(messages);
    disorder.addAll(messages);
    Collections.shuffle(disorder, new Random(7));

    Results inOrder = results("in-order", keys, messages, now);
    Results twice = results("twice", keys, disorder, now);

    assertThat(inOrder.rfm()).hasSizeGreaterThan(100);
    assertThat(inOrder.audiences().values()).allSatisfy(rows -> assertThat(rows).isNotEmpty());
    assertThat(inOrder.conversions()).hasSizeGreaterThan(300);
    twice.assertSameAs(inOrder);
  }

  private Results results(
      String name, SameKeys keys, List<Map<String, Object>> messages, Instant now)
      throws Exception {
    Path data = scratch.resolve(name);
    keys.copyTo(data.resolve("keys"));
    try (Platform platform = Platform.start(data, Ports.free(), false, _ -> {})) {
      Installation installation = Installation.quickstart(platform.ports());
      installation.putSegments();
      installation.post(messages);
      return Results.of(installation, now.toString());
    }
  }
}
