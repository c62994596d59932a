package io.rebound.benchmarks.identity;

import io.rebound.benchmarks.identity.UpsertFloor.Upserts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Events a second through identity's handler on graphs of growing size, and upserts of as many rows
 * on the same PostgreSQL, in turns: as many connections, as many a transaction.
 */
public final class IdentityBench {
  private static final int BATCH = 500;
  private static final int REGISTERED_AT_ONCE = 5_000;

  private final List<Long> sizes;
  private final Duration time;
  private final int rounds;
  private final int connections;

  private record Measured(long people, double events, double upserts) {
    double ratio() {
      return events / upserts;
    }
  }

  /**
   * @param sizes how many people the graph has, ascending
   * @param seconds how long each side is measured in each round
   */
  public IdentityBench(List<Long> sizes, int seconds, int rounds, int connections) {
    this.sizes = sizes.stream().sorted().toList();
    this.time = Duration.ofSeconds(seconds);
    this.rounds = rounds;
    this.connections = connections;
  }

  public void run(Path folder) throws Exception {
    try (var identity = new IdentityUnderTest(folder, connections);
        ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Shoppers> shoppers =
          IntStream.range(0, connections)
              .mapToObj(number -> new Shoppers(number, connections))
              .toList();
      var floor = new UpsertFloor(identity.postgresPort());
      var upserts = new ArrayList<Upserts>();
      for (int number = 0; number < connections; number++) {
        upserts.add(floor.new Upserts(number));
      }
      var measured = new ArrayList<Measured>();
      for (long people : sizes) {
        register(people, identity, shoppers, threads);
        floor.grow(people);
        measured.add(measure(people, identity, shoppers, upserts, threads));
      }
      for (Upserts one : upserts) {
        one.close();
      }
      print(measured, identity.persons());
    }
  }

  private interface Work {
    /** One transaction by the thread of that number; returns how many rows or events. */
    int batch(int thread) throws Exception;
  }

  private void register(
      long people, IdentityUnderTest identity, List<Shoppers> shoppers, ExecutorService threads)
      throws Exception {
    long start = System.nanoTime();
    long share = people / connections;
    inParallel(
        threads,
        thread -> {
          long missing = share - shoppers.get(thread).customers();
          while (missing > 0) {
            int some = (int) Math.min(missing, REGISTERED_AT_ONCE);
            identity.handle(shoppers.get(thread).registrations(some));
            missing -= some;
          }
          return 0;
        });
    identity.settle();
    System.out.printf(
        "The graph has %,d people, after %.0f s%n", people, (System.nanoTime() - start) / 1e9);
  }

  private Measured measure(
      long people,
      IdentityUnderTest identity,
      List<Shoppers> shoppers,
      List<Upserts> upserts,
      ExecutorService threads)
      throws Exception {
    Work resolving =
        thread -> {
          identity.handle(shoppers.get(thread).visits(BATCH));
          return BATCH;
        };
    Work upserting =
        thread -> {
          upserts.get(thread).batch(BATCH, people);
          return BATCH;
        };
    perSecond(threads, resolving); // warm-up
    perSecond(threads, upserting);
    var events = new double[rounds];
    var rows = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      events[round] = perSecond(threads, resolving);
      rows[round] = perSecond(threads, upserting);
      System.out.printf(
          "  %,9.0f events/s   %,9.0f upserts/s   ratio %.2f%n",
          events[round], rows[round], events[round] / rows[round]);
    }
    return new Measured(people, median(events), median(rows));
  }

  private double perSecond(ExecutorService threads, Work work) throws Exception {
    var done = new AtomicLong();
    long start = System.nanoTime();
    inParallel(
        threads,
        thread -> {
          while (System.nanoTime() - start < time.toNanos()) {
            done.addAndGet(work.batch(thread));
          }
          return 0;
        });
    return done.get() / ((System.nanoTime() - start) / 1e9);
  }

  private void inParallel(ExecutorService threads, Work work) throws Exception {
    var running = new ArrayList<Future<Integer>>();
    for (int number = 0; number < connections; number++) {
      int thread = number;
      running.add(threads.submit(() -> work.batch(thread)));
    }
    for (Future<Integer> one : running) {
      one.get();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void print(List<Measured> measured, long persons) {
    System.out.printf(
        "%nIdentity, %d a transaction, %d connections (medians of %d)%n"
            + "     people   events/s  upserts/s  ratio%n",
        BATCH, connections, rounds);
    for (Measured one : measured) {
      System.out.printf(
          "%,11d  %,9.0f  %,9.0f   %.2f%n", one.people(), one.events(), one.upserts(), one.ratio());
    }
    Measured first = measured.getFirst();
    Measured last = measured.getLast();
    System.out.printf(
        "From %,d to %,d people: events/s by %.2f, upserts/s by %.2f, the ratio by %.2f%n",
        first.people(),
        last.people(),
        last.events() / first.events(),
        last.upserts() / first.upserts(),
        last.ratio() / first.ratio());
    System.out.printf("In the end the graph has %,d persons%n", persons);
  }
}
