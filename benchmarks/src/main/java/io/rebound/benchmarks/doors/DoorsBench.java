package io.rebound.benchmarks.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rebound.benchmarks.doors.Client.Answers;
import io.rebound.ingest.IngestService;
import io.rebound.localservers.Database;
import io.rebound.localservers.LocalKafka;
import io.rebound.localservers.LocalPostgres;
import io.rebound.quickstart.Ports;
import io.rebound.sealing.KeyFiles;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * {@code ./rebound bench doors}: the ingest service in a process of its own, beside it a bare Netty
 * server in another, on one Kafka; the cases stand next to each other, several rounds, the order
 * reversed in every second one.
 */
public final class DoorsBench {
  private static final int BATCH = 500;
  private static final int BATCH_CONNECTIONS = 4;
  private static final int[] CONNECTIONS = {32, 128};
  private static final int RECORD_BYTES = 700;
  // about half of what the slower one takes: the CPU of a request depends on how many come together
  private static final int SAME_RATE = 20_000;
  // two busy cores stay cold for half a minute and more
  private static final int WARM_UPS = 4;

  private final Duration time;
  private final int rounds;
  private final List<byte[]> single = new Requests().single();
  private final List<byte[]> batches = new Requests().batches(BATCH);
  private final List<byte[]> empty = new Requests().empty();

  public DoorsBench(int seconds, int rounds) {
    this.time = Duration.ofSeconds(seconds);
    this.rounds = rounds;
  }

  /** A server at one of its doors. */
  private record Measured(double perSecond, double cpuMillis, Answers answers) {}

  private interface Measurement {
    Measured take() throws InterruptedException;
  }

  /** The two servers in one case, one after the other. */
  private record Pair(Measured netty, Measured door) {
    static Pair of(boolean reversed, Measurement netty, Measurement door)
        throws InterruptedException {
      if (reversed) {
        Measured first = door.take();
        return new Pair(netty.take(), first);
      }
      Measured first = netty.take();
      return new Pair(first, door.take());
    }

    double cpu() {
      return door.cpuMillis() / netty.cpuMillis();
    }
  }

  public void run(Path data) throws Exception {
    Ports ports = Ports.free();
    int bare = ports.identity();
    KeyFiles.createMissing(data.resolve("keys"));
    try (LocalPostgres postgres =
            LocalPostgres.start(data.resolve("postgres"), ports.postgres(), Map.of());
        LocalKafka kafka =
            LocalKafka.start(
                data.resolve("kafka"), ports.kafka(), ports.kafkaController(), Map.of())) {
      makeTopics(kafka.bootstrapServers());
      Database database = postgres.database("ingest", "benchmark");
      try (ServerProcess netty =
              ServerProcess.start(
                  BareNetty.class,
                  bare,
                  data.resolve("bare.log"),
                  List.of(String.valueOf(bare), kafka.bootstrapServers()));
          ServerProcess ingest =
              ServerProcess.start(
                  IngestService.class,
                  ports.ingest(),
                  data.resolve("ingest.log"),
                  settings(ports, kafka, database, data.resolve("keys")));
          Client client = new Client()) {
        measure(client, netty, bare, ingest, ports.ingest(), kafka.bootstrapServers());
      }
    }
  }

  private void measure(
      Client client, ServerProcess netty, int bare, ServerProcess ingest, int door, String kafka)
      throws Exception {
    System.out.printf("Warming up, %d times %d s each%n", WARM_UPS, time.toSeconds());
    for (int turn = 0; turn < WARM_UPS; turn++) {
      int connections = CONNECTIONS[turn % CONNECTIONS.length];
      measured(client, netty, bare, connections, single);
      measured(client, ingest, door, connections, single);
    }
    measured(client, ingest, door, BATCH_CONNECTIONS, batches);
    for (int round = 0; round < rounds; round++) {
      boolean reversed = round % 2 == 1;
      System.out.printf("%nRound %d of %d%n", round + 1, rounds);
      for (int connections : CONNECTIONS) {
        print(
            connections,
            Pair.of(
                reversed,
                () -> measured(client, netty, bare, connections, single),
                () -> measured(client, ingest, door, connections, single)));
        printAtTheSameRate(
            Pair.of(
                reversed,
                () -> atTheSameRate(client, netty, bare, connections),
                () -> atTheSameRate(client, ingest, door, connections)));
      }
      Measured nothing = measured(client, ingest, door, CONNECTIONS[0], empty);
      System.out.printf(
          "  no-op on the same server, %d connections %,26.0f requests/s%n",
          CONNECTIONS[0], nothing.perSecond());
      Measured batched = measured(client, ingest, door, BATCH_CONNECTIONS, batches);
      System.out.printf(
          "  batch door, %d a request: %,10.0f events/s, CPU ms per 1,000: %.1f%n",
          BATCH, batched.perSecond() * BATCH, batched.cpuMillis() * 1000 / BATCH);
      beside(batched, kafka, RECORD_BYTES, "as large as the events come in");
      beside(
          batched, kafka, WrittenRecords.averageBytes(kafka), "as large as the door writes them");
    }
  }

  private void beside(Measured batched, String kafka, int bytes, String which) throws Exception {
    double produced = ProducerBenchmark.recordsPerSecond(kafka, bytes, time);
    System.out.printf(
        "    beside Kafka's ProducerPerformance, records of %,5d bytes, %s: %,10.0f records/s   ratio %.2f%n",
        bytes, which, produced, batched.perSecond() * BATCH / produced);
  }

  private static void print(int connections, Pair pair) {
    Measured netty = pair.netty();
    Measured door = pair.door();
    System.out.printf(
        "  single events, %3d connections: bare Netty %,8.0f/s (p99 %.1f ms, %.3f CPU ms)   door %,8.0f/s (p99 %.1f ms, %.3f CPU ms)"
            + "   ratio %.2f, CPU %.2fx%n",
        connections,
        netty.perSecond(),
        p99(netty),
        netty.cpuMillis(),
        door.perSecond(),
        p99(door),
        door.cpuMillis(),
        door.perSecond() / netty.perSecond(),
        pair.cpu());
  }

  private static void printAtTheSameRate(Pair pair) {
    System.out.printf(
        "    with no more than %,d/s: bare Netty %,.0f/s (%.3f CPU ms)   door %,.0f/s (%.3f CPU ms)   CPU %.2fx%n",
        SAME_RATE,
        pair.netty().perSecond(),
        pair.netty().cpuMillis(),
        pair.door().perSecond(),
        pair.door().cpuMillis(),
        pair.cpu());
  }

  private static double p99(Measured measured) {
    return measured.answers().nanos().getValueAtPercentile(99) / 1e6;
  }

  private Measured measured(
      Client client, ServerProcess server, int port, int connections, List<byte[]> requests)
      throws InterruptedException {
    return measured(server, () -> client.run(port, connections, requests, time));
  }

  private Measured atTheSameRate(Client client, ServerProcess server, int port, int connections)
      throws InterruptedException {
    return measured(server, () -> client.run(port, connections, single, time, SAME_RATE));
  }

  private interface Run {
    Answers answers() throws InterruptedException;
  }

  private static Measured measured(ServerProcess server, Run run) throws InterruptedException {
    Duration before = server.cpu();
    Answers answers = run.answers();
    Duration cpu = server.cpu().minus(before);
    if (answers.refused() > 0 || answers.requests() == 0) {
      throw new IllegalStateException(
          "%d requests were refused, %d answered: nothing was measured"
              .formatted(answers.refused(), answers.requests()));
    }
    return new Measured(answers.perSecond(), cpu.toNanos() / 1e6 / answers.requests(), answers);
  }

  private static void makeTopics(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(BareNetty.TOPIC, 3, (short) 1),
                  new NewTopic(ProducerBenchmark.TOPIC, 3, (short) 1)))
          .all()
          .get();
    }
  }

  private static List<String> settings(Ports ports, LocalKafka kafka, Database database, Path keys)
      throws Exception {
    var settings = new ArrayList<String>();
    settings.add("--server.port=" + ports.ingest());
    settings.add("--server.address=127.0.0.1");
    settings.add("--spring.datasource.url=" + database.jdbcUrl());
    settings.add("--spring.datasource.username=" + database.user());
    settings.add("--spring.datasource.password=" + database.password());
    settings.add("--rebound.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    settings.add("--rebound.kafka.partitions=3");
    settings.add("--rebound.pseudonyms.pepper-file=" + keys.resolve("pepper.json"));
    settings.add(
        "--rebound.privacy.identity-public-key-file=" + keys.resolve("identity.public.json"));
    settings.add("--rebound.ingest.quarantine-key-file=" + keys.resolve("quarantine.json"));
    settings.add(
        "--rebound.ingest.sealing.capi-sync-public-key-file="
            + keys.resolve("capi-sync.public.json"));
    settings.add(
        "--rebound.ingest.sealing.whatsapp-public-key-file="
            + keys.resolve("whatsapp.public.json"));
    settings.add("--rebound.ingest.sources[0].id=benchmark");
    settings.add("--rebound.ingest.sources[0].keys[0]=" + sha256(Requests.WRITE_KEY));
    settings.add("--rebound.ingest.limit.events-per-second=0");
    settings.add("--rebound.security.keys[0].name=benchmark");
    settings.add("--rebound.security.keys[0].sha256=" + sha256("benchmark-admin-key"));
    settings.add("--rebound.security.keys[0].scopes=admin");
    return settings;
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
