package io.rebound.benchmarks;

import io.rebound.quickstart.Ports;
import io.rebound.quickstart.demo.Backlog;
import io.rebound.quickstart.demo.DemoFailed;
import io.rebound.quickstart.demo.Http;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Offers events at a steady rate and counts what the sandbox has answered for. A rate counts as
 * reached only if everything has arrived ten seconds after the last event.
 */
final class Throughput {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);
  private static final int LARGEST = 3;

  private final Ports ports;
  private final Http http = new Http();
  private final Backlog backlog;

  private record Result(
      int offered,
      long answered,
      long refused,
      long arrived,
      double drained,
      double seconds,
      Map<String, Double> cpu) {
    boolean keptUp() {
      return refused == 0 && arrived >= answered && drained <= GRACE.toSeconds();
    }
  }

  Throughput(Ports ports) {
    this.ports = ports;
    this.backlog = new Backlog(http, ports);
  }

  void run(int rate, int seconds, boolean find, boolean statements) throws Exception {
    double upserts = Floors.postgresUpserts(ports.postgres());
    double produced = Floors.kafkaProducer("127.0.0.1:" + ports.kafka());
    try (Load load = new Load(ports.ingest())) {
      System.out.printf("Warming up: %,d events/s for %d s%n", rate, seconds);
      load.run(rate, Duration.ofSeconds(seconds));
      drain();
      if (statements) {
        Statements.forget(ports.postgres());
      }
      Result result = measure(load, rate, seconds);
      print(result, upserts, produced);
      if (statements) {
        Statements.print(ports.postgres());
      }
      for (int next = rate * 5 / 4; find && result.keptUp(); next = next * 5 / 4) {
        result = measure(load, next, seconds);
        print(result, upserts, produced);
      }
    }
  }

  private Result measure(Load load, int rate, int seconds) throws DemoFailed {
    System.out.printf("Measuring: %,d events/s for %d s%n", rate, seconds);
    long answered = load.answered();
    long refused = load.refused();
    long arrived = arrived();
    Map<String, Double> before = CpuByStep.now();
    long start = System.nanoTime();
    load.run(rate, Duration.ofSeconds(seconds));
    double ran = (System.nanoTime() - start) / 1e9;
    double drained = drain();
    Map<String, Double> cpu = CpuByStep.between(before, CpuByStep.now());
    return new Result(
        rate,
        load.answered() - answered,
        load.refused() - refused,
        arrived() - arrived,
        drained,
        ran,
        cpu);
  }

  /** Events the sandbox has answered for, each counted once. */
  private long arrived() throws DemoFailed {
    return http.get(
            "http://localhost:" + ports.sandbox() + "/_sandbox/events/stats", "demo-meta-token")
        .path("unique")
        .asLong();
  }

  /** Waits until nothing waits anywhere. Seconds that took. */
  private double drain() throws DemoFailed {
    long start = System.nanoTime();
    while (backlog.size() > 0 && System.nanoTime() - start < LONGEST_DRAIN.toNanos()) {
      LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void print(Result result, double upserts, double produced) {
    double events = Math.max(1, result.answered()) / 1000.0;
    double rate = result.arrived() / result.seconds();
    System.out.printf(
        "%n%,.0f events/s end to end, door to the sandbox's answer (offered %,d/s for %.0f s)%n",
        rate, result.offered(), result.seconds());
    System.out.printf(
        "  accepted %,d, refused %,d, at the sandbox %,d, nothing waiting %.1f s after the last: %s%n",
        result.answered(),
        result.refused(),
        result.arrived(),
        result.drained(),
        result.keptUp() ? "kept up" : "DID NOT KEEP UP");
    System.out.println("CPU seconds per 1000 events");
    result.cpu().entrySet().stream()
        .filter(step -> step.getValue() / events >= 0.0005)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            step -> System.out.printf("  %-48s %6.3f%n", step.getKey(), step.getValue() / events));
    double all = result.cpu().values().stream().mapToDouble(Double::doubleValue).sum();
    System.out.printf(
        "  %-48s %6.3f  (%.2f cores)%n", "together", all / events, all / result.seconds());
    System.out.println("The three largest costs");
    result.cpu().entrySet().stream()
        .sorted(Comparator.comparingDouble((Map.Entry<String, Double> e) -> -e.getValue()))
        .limit(LARGEST)
        .forEach(step ->
            System.out.printf("  %-48s %5.0f %%%n", step.getKey(), 100 * step.getValue() / all));
    System.out.println("Floors in the same run");
    System.out.printf(
        "  PostgreSQL upserts, 500 a transaction, one connection %,10.0f rows/s     ratio %.3f%n",
        upserts, rate / upserts);
    System.out.printf(
        "  Kafka's producer, acks=all, 700 bytes                 %,10.0f records/s  ratio %.3f%n%n",
        produced, rate / produced);
  }
}
