package io.rebound.benchmarks.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.tools.ProducerPerformance;

/**
 * Kafka's own {@code kafka-producer-perf-test}, in a process of its own as its script starts it:
 * acks=all, 64 KiB, linger 5 ms.
 */
final class ProducerBenchmark {
  static final String TOPIC = "producer-performance";
  private static final int GUESS_PER_SECOND = 100_000;
  private static final Pattern RESULT =
      Pattern.compile("records sent, ([0-9.]+) records/sec", Pattern.DOTALL);

  private ProducerBenchmark() {}

  static double recordsPerSecond(String bootstrapServers, int bytes, Duration time)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ProducerPerformance.class.getName(),
                    "--topic",
                    TOPIC,
                    "--num-records",
                    String.valueOf(GUESS_PER_SECOND * time.toSeconds()),
                    "--record-size",
                    String.valueOf(bytes),
                    "--throughput",
                    "-1",
                    "--producer-props",
                    "bootstrap.servers=" + bootstrapServers,
                    "acks=all",
                    "batch.size=65536",
                    "linger.ms=5"))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    Matcher result = RESULT.matcher(output);
    double perSecond = 0;
    while (result.find()) {
      perSecond = Double.parseDouble(result.group(1)); // the last line sums up
    }
    if (perSecond == 0) {
      throw new IOException("Kafka's benchmark says nothing: " + output);
    }
    return perSecond;
  }
}
