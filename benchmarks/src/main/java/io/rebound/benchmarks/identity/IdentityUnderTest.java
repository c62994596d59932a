package io.rebound.benchmarks.identity;

import io.rebound.consumption.Batch;
import io.rebound.events.TrackedEvent;
import io.rebound.identity.IdentityService;
import io.rebound.identity.graph.ResolvePersons;
import io.rebound.localservers.Database;
import io.rebound.localservers.LocalKafka;
import io.rebound.localservers.LocalPostgres;
import io.rebound.localservers.TestServers;
import io.rebound.sealing.KeyFiles;
import io.rebound.startup.ServiceLauncher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The identity service on its own PostgreSQL; its handler is called as the consumer calls it. */
final class IdentityUnderTest implements AutoCloseable {
  private final LocalPostgres postgres;
  private final LocalKafka kafka;
  private final ConfigurableApplicationContext service;
  private final ResolvePersons handler;
  private final TransactionTemplate transaction;

  IdentityUnderTest(Path folder, int connections) throws IOException {
    SLF4JBridgeHandler.removeHandlersForRootLogger(); // Tomcat's own logging
    SLF4JBridgeHandler.install();
    postgres = LocalPostgres.start(folder.resolve("postgres"), 0, java.util.Map.of());
    kafka =
        LocalKafka.start(
            folder.resolve("kafka"),
            TestServers.freePort(),
            TestServers.freePort(),
            java.util.Map.of());
    Path keys = folder.resolve("keys");
    KeyFiles.createMissing(keys);
    Database database = postgres.database("identity", "bench");
    var settings = new HashMap<String, Object>();
    settings.put("server.port", 0);
    settings.put("spring.datasource.url", database.jdbcUrl());
    settings.put("spring.datasource.username", database.user());
    settings.put("spring.datasource.password", database.password());
    settings.put("spring.datasource.hikari.maximum-pool-size", connections + 4);
    settings.put("rebound.quickstart", true);
    settings.put("rebound.kafka.bootstrap-servers", kafka.bootstrapServers());
    settings.put("rebound.kafka.partitions", 3);
    settings.put("rebound.pseudonyms.pepper-file", keys.resolve("pepper.json").toString());
    settings.put(
        "rebound.sealing.private-key-file", keys.resolve("identity.private.json").toString());
    settings.put("rebound.security.keys[0].name", "bench");
    settings.put("rebound.security.keys[0].sha256", "0".repeat(64));
    settings.put("rebound.security.keys[0].scopes", "admin");
    service =
        ServiceLauncher.launch(
            IdentityService.class, "identity", WebApplicationType.SERVLET, settings);
    handler = service.getBean(ResolvePersons.class);
    transaction = service.getBean(TransactionTemplate.class);
  }

  int postgresPort() {
    return postgres.port();
  }

  /** One batch in one transaction, all but the position and the outbox. */
  void handle(List<TrackedEvent> events) {
    transaction.executeWithoutResult(
        _ -> handler.handle(new Batch<>(events, Instant.now(), false)));
  }

  /** What autovacuum would do in time. */
  void settle() {
    service.getBean(JdbcClient.class).sql("vacuum analyze").update();
  }

  /** How many persons the graph has, those absorbed aside. */
  long persons() {
    return service
        .getBean(JdbcClient.class)
        .sql("select count(*) from person where merged_into is null")
        .query(Long.class)
        .single();
  }

  @Override
  public void close() throws IOException {
    service.close();
    kafka.close();
    postgres.close();
  }
}
