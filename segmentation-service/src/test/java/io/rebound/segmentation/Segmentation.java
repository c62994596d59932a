package io.rebound.segmentation;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rebound.audit.AuditConfiguration;
import io.rebound.consumption.Batch;
import io.rebound.consumption.BatchHandler;
import io.rebound.consumption.ClockHandler.Tick;
import io.rebound.consumption.Outgoing;
import io.rebound.consumption.Partitions;
import io.rebound.events.PersonEvent;
import io.rebound.events.SegmentMembership;
import io.rebound.localservers.Database;
import io.rebound.localservers.TestServers;
import io.rebound.security.SecurityProperties;
import io.rebound.segmentation.behaviour.FollowBehaviour;
import io.rebound.segmentation.segments.Desk;
import io.rebound.segmentation.segments.SegmentClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** The service's handlers on a database of their own, without Kafka: what a consumer would do. */
public final class Segmentation implements AutoCloseable {
  public static final int PARTITIONS = 3;
  private static final int MOST_TICKS = 10_000;

  private final AnnotationConfigApplicationContext context;
  private final TransactionTemplate transactions;
  private final Map<UUID, Map<String, SegmentMembership>> told = new HashMap<>();
  private final List<SegmentMembership> messages = new ArrayList<>();
  public final MovableClock clock;

  /** All of the service but its doors' server and its consumer. */
  @EnableTransactionManagement
  @EnableConfigurationProperties(SecurityProperties.class)
  @Import(AuditConfiguration.class)
  @ConfigurationPropertiesScan("io.rebound.segmentation")
  @ComponentScan({
    "io.rebound.segmentation.people",
    "io.rebound.segmentation.behaviour",
    "io.rebound.segmentation.rfm",
    "io.rebound.segmentation.segments"
  })
  static class Parts {
    @Bean
    JdbcClient jdbc(DataSource dataSource) {
      return JdbcClient.create(dataSource);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
      return new JdbcTransactionManager(dataSource);
    }

    @Bean
    Partitions partitions() {
      return new Partitions(PARTITIONS);
    }

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }
  }

  public Segmentation(Instant now) {
    Database database = TestServers.postgres().createDatabase("segmentation");
    var pool = new HikariDataSource();
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(4);
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:db/consumption", "classpath:db/audit", "classpath:db/segmentation")
        .load()
        .migrate();
    clock = MovableClock.standing(now);
    context = new AnnotationConfigApplicationContext();
    context.registerBean(HikariDataSource.class, () -> pool);
    context.registerBean(Clock.class, () -> clock);
    context.register(Parts.class);
    context.refresh();
    transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public JdbcClient jdbc() {
    return bean(JdbcClient.class);
  }

  /** Consumes these as one batch now. */
  public void consume(PersonEvent... events) {
    consume(List.of(events), false);
  }

  public void consume(List<PersonEvent> events, boolean repeated) {
    BatchHandler<PersonEvent> handler = bean(FollowBehaviour.class);
    take(transactions.execute(_ -> handler.handle(new Batch<>(events, clock.instant(), repeated))));
  }

  public void put(String segment, JsonNode definition) {
    Desk.put(context, segment, definition);
  }

  public void delete(String segment) {
    Desk.delete(context, segment);
  }

  /** Lets the clock do everything that is due. */
  public void settle() {
    Set<Integer> all = IntStream.range(0, PARTITIONS).boxed().collect(Collectors.toSet());
    for (int i = 0; i < MOST_TICKS; i++) {
      Tick tick = transactions.execute(_ -> bean(SegmentClock.class).tick(clock.instant(), all));
      take(tick.outgoing());
      if (!tick.more()) {
        return;
      }
    }
    throw new AssertionError("The clock never comes to rest");
  }

  public void settleAt(Instant now) {
    clock.set(now);
    settle();
  }

  public void settleAfter(Duration time) {
    settleAt(clock.instant().plus(time));
  }

  private synchronized void take(Outgoing outgoing) {
    for (Outgoing.Entry<?> entry : outgoing.entries()) {
      var membership = (SegmentMembership) entry.value();
      messages.add(membership);
      told.computeIfAbsent(membership.personId(), _ -> new HashMap<>())
          .merge(
              membership.segment(),
              membership,
              (one, other) -> other.revision() > one.revision() ? other : one);
    }
  }

  /** Who belongs to a segment, as a receiver of all messages has it. */
  public Set<UUID> members(String segment) {
    return told.values().stream()
        .map(segments -> segments.get(segment))
        .filter(membership -> membership != null && membership.member())
        .map(SegmentMembership::personId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every message sent. */
  public List<SegmentMembership> messages() {
    return messages;
  }

  @Override
  public void close() {
    context.close();
  }
}
