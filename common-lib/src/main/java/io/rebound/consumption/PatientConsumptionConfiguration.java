package io.rebound.consumption;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What {@link ConsumptionConfiguration} is, for a service that must start and work without Kafka
 * and without its database: nothing here asks either before the service is up.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaProperties.class)
public class PatientConsumptionConfiguration {

  @Bean
  KafkaClients kafkaClients(KafkaProperties properties, Streams streams) {
    return new KafkaClients(properties, streams.service());
  }

  // made at its first use: one whose servers' names aren't known yet can't be made
  @Bean(destroyMethod = "close")
  @Lazy
  Producer<String, byte[]> producer(KafkaClients clients) {
    return clients.producer(Map.of());
  }

  @Bean
  DeadLetters deadLetters(JdbcClient jdbc, @Lazy Producer<String, byte[]> producer) {
    return new DeadLetters(jdbc, producer);
  }

  @Bean
  DeadLetterErasure deadLetterErasure(JdbcClient jdbc) {
    return new DeadLetterErasure(jdbc);
  }

  @Bean
  PatientConsumption consumption(
      Streams streams,
      KafkaProperties properties,
      KafkaClients clients,
      @Lazy Producer<String, byte[]> producer,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      DeadLetters deadLetters,
      MeterRegistry registry,
      Clock clock) {
    var tables =
        new ConsumptionTables(
            new Positions(jdbc, properties.transactionTimeout()),
            new Outbox(jdbc),
            deadLetters,
            new TransactionTemplate(transactions));
    return new PatientConsumption(
        new Consumption(streams, properties, clients, producer, tables, registry, clock),
        streams.service());
  }

  @Bean
  HealthIndicator consumptionHealthIndicator(PatientConsumption consumption) {
    return () ->
        consumption
            .refusal()
            .map(reason -> Health.down().withDetail("reason", reason).build())
            .orElseGet(() -> Health.up().build());
  }
}
