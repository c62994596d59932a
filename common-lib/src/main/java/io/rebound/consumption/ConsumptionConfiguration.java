package io.rebound.consumption;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Consumption for a service that has a {@link Streams} bean, a data source with the tables of
 * {@code db/consumption}, and a {@link Clock}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaProperties.class)
public class ConsumptionConfiguration {

  @Bean
  KafkaClients kafkaClients(KafkaProperties properties, Streams streams) {
    return new KafkaClients(properties, streams.service());
  }

  @Bean(destroyMethod = "close")
  Producer<String, byte[]> producer(KafkaClients clients) {
    return clients.producer(Map.of());
  }

  @Bean
  Publisher publisher(
      Producer<String, byte[]> producer, KafkaProperties properties, Streams streams) {
    return new KafkaPublisher(streams.service(), producer, properties.publishTimeout());
  }

  @Bean
  Partitions partitions(KafkaProperties properties) {
    return new Partitions(properties.partitions());
  }

  @Bean
  DeadLetters deadLetters(JdbcClient jdbc, Producer<String, byte[]> producer) {
    return new DeadLetters(jdbc, producer);
  }

  @Bean
  DeadLetterErasure deadLetterErasure(JdbcClient jdbc) {
    return new DeadLetterErasure(jdbc);
  }

  @Bean
  Consumption consumption(
      Streams streams,
      KafkaProperties properties,
      KafkaClients clients,
      Producer<String, byte[]> producer,
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
    return new Consumption(streams, properties, clients, producer, tables, registry, clock);
  }

  @Bean
  ConsumptionStatus consumptionStatus(Consumption consumption) {
    return topic -> consumption.caughtUp(topic.name());
  }

  @Bean
  HealthIndicator consumptionHealthIndicator(Consumption consumption) {
    return new ConsumptionHealth(consumption);
  }
}
