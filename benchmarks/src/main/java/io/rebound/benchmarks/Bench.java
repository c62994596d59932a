package io.rebound.benchmarks;

import io.rebound.benchmarks.doors.DoorsBench;
import io.rebound.benchmarks.identity.IdentityBench;
import io.rebound.quickstart.Platform;
import io.rebound.quickstart.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code ./rebound bench}: see {@link #HELP}. */
public final class Bench {
  private static final String HELP =
      """
      ./rebound bench [throughput]   events a second from the door to the sandbox's answer, CPU of each step,
                                     and beside it in the same run what PostgreSQL and Kafka do alone
          --rate N                   events a second that are offered (2000)
          --seconds N                how long is measured, after as long a warm-up (60)
          --find                     raise the rate by a quarter until the platform falls behind
          --statements               also name the SQL statements that took longest
      ./rebound bench latency        a purchase posted live: when is it at the Conversions API, when has its buyer
                                     left the cart-abandoner audience
          --samples N                purchases (200)
          --rate N                   events a second (10)
      ./rebound bench withdrawals    a consent withdrawn by event or PUT /v1/consents: when is its person out of the
                                     audience; at most 1000 samples
          --samples N                withdrawals (100)
          --rate N                   withdrawals a second (10)
      ./rebound bench doors          the ingest service alone: requests a second and CPU of its single-event door beside
                                     a bare Netty server, of its batch door beside Kafka's own producer benchmark
          --seconds N                how long each case is measured (10)
          --rounds N                 how often (3)
      ./rebound bench identity       events a second through identity's handler on graphs of growing size, beside PostgreSQL's
                                     upserts in the same run; a million people take some minutes to register first
          --people N,N,…             sizes of the graph (10000,100000,1000000)
          --seconds N                how long each side is measured in a round (10)
          --rounds N                 how often (3)
          --connections N            threads and connections of each side (2)

      Starts a platform of its own on free ports with data that are thrown away. Takes three minutes.
      """;

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    if (given.contains("--help") || given.contains("help")) {
      System.out.println(HELP);
      return;
    }
    Path data = Files.createTempDirectory("rebound-bench");
    if (given.contains("doors")) {
      try {
        new DoorsBench(number("--seconds", 10, given), number("--rounds", 3, given)).run(data);
      } finally {
        delete(data);
      }
      return;
    }
    if (given.contains("identity")) {
      try {
        new IdentityBench(
                Stream.of(text("--people", "10000,100000,1000000", given).split(","))
                    .map(Long::valueOf)
                    .toList(),
                number("--seconds", 10, given),
                number("--rounds", 3, given),
                number("--connections", 2, given))
            .run(data);
      } finally {
        delete(data);
      }
      return;
    }
    try (Platform platform =
        Platform.start(
            data,
            Ports.free(),
            false,
            given.contains("--statements") ? Statements.SETTINGS : Map.of(),
            text -> System.out.println(text))) {
      Segments.put(platform.ports());
      if (given.contains("latency")) {
        new LiveLatency(platform.ports())
            .run(number("--samples", 200, given), number("--rate", 10, given));
      } else if (given.contains("withdrawals")) {
        new Withdrawals(platform.ports())
            .run(number("--samples", 100, given), number("--rate", 10, given));
      } else {
        new Throughput(platform.ports())
            .run(
                number("--rate", 2000, given),
                number("--seconds", 60, given),
                given.contains("--find"),
                given.contains("--statements"));
      }
    } finally {
      delete(data);
    }
  }

  private static int number(String option, int usual, List<String> given) {
    return Integer.parseInt(text(option, Integer.toString(usual), given));
  }

  private static String text(String option, String usual, List<String> given) {
    int at = given.indexOf(option);
    return at >= 0 && at + 1 < given.size() ? given.get(at + 1) : usual;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
