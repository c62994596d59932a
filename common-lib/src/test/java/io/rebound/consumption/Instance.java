package io.rebound.consumption;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One instance of the small service: its own connections, producer and consumer threads. */
final class Instance implements AutoCloseable {
  private final World world;
  private final HikariDataSource dataSource;
  private final Tally tally;
  private final KafkaClients clients;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private KafkaProperties properties = World.properties(p -> p);
  private BatchHandler<Counted> handler;
  private ClockHandler clock;
  private Producer<String, byte[]> producer;
  private Consumption consumption;
  private DeadLetters deadLetters;

  Instance(World world) {
    this.world = world;
    this.dataSource = world.pool();
    this.tally = new Tally(jdbc(), world.out);
    this.handler = tally;
    this.clients = new KafkaClients(properties, world.service);
    this.producer = clients.producer(Map.of());
  }

  JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }

  Tally tally() {
    return tally;
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  Consumption consumption() {
    return consumption;
  }

  /** What one of the instance's counters has come to. */
  double counted(String what) {
    return registry
        .get("rebound_" + world.service.replace('-', '_') + "_consumer_" + what)
        .counter()
        .count();
  }

  Instance handledBy(UnaryOperator<BatchHandler<Counted>> around) {
    handler = around.apply(handler);
    return this;
  }

  Instance everySoOften(ClockHandler clock) {
    this.clock = clock;
    return this;
  }

  Instance publishingWith(UnaryOperator<Producer<String, byte[]>> around) {
    producer = around.apply(producer);
    return this;
  }

  Instance batchesOf(int records) {
    return with(
        p -> change(p, p.partitions(), p.threads(), records, p.transactionTimeout(), p.client()));
  }

  Instance threads(int threads) {
    return with(
        p -> change(p, p.partitions(), threads, p.batchSize(), p.transactionTimeout(), p.client()));
  }

  Instance expectingPartitions(int partitions) {
    return with(
        p -> change(p, partitions, p.threads(), p.batchSize(), p.transactionTimeout(), p.client()));
  }

  Instance transactionTimeout(Duration timeout) {
    return with(p -> change(p, p.partitions(), p.threads(), p.batchSize(), timeout, p.client()));
  }

  Instance client(String setting, String value) {
    return with(p ->
        change(
            p,
            p.partitions(),
            p.threads(),
            p.batchSize(),
            p.transactionTimeout(),
            Map.of(setting, value)));
  }

  private Instance with(UnaryOperator<KafkaProperties> change) {
    properties = change.apply(properties);
    return this;
  }

  private static KafkaProperties change(
      KafkaProperties p,
      int partitions,
      int threads,
      int batchSize,
      Duration transactionTimeout,
      Map<String, String> client) {
    return new KafkaProperties(
        p.bootstrapServers(),
        partitions,
        p.replicationFactor(),
        p.retention(),
        threads,
        p.instanceId(),
        p.pace(),
        batchSize,
        transactionTimeout,
        p.publishTimeout(),
        p.startupTimeout(),
        client);
  }

  Instance start() {
    var streams = Streams.of(world.service).reads(world.in, handler).writes(world.out);
    if (clock != null) {
      streams.everySoOften(world.in, Duration.ofMillis(20), clock);
    }
    deadLetters = new DeadLetters(jdbc(), producer);
    var tables =
        new ConsumptionTables(
            new Positions(jdbc(), properties.transactionTimeout()),
            new Outbox(jdbc()),
            deadLetters,
            new TransactionTemplate(new JdbcTransactionManager(dataSource)));
    consumption =
        new Consumption(
            streams,
            properties,
            new KafkaClients(properties, world.service),
            producer,
            tables,
            registry,
            Clock.systemUTC());
    consumption.start();
    return this;
  }

  @Override
  public void close() {
    if (consumption != null) {
      consumption.stop();
    }
    producer.close(Duration.ZERO);
    dataSource.close();
  }
}
