package io.rebound.ingest.publishing;

import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.consumption.KafkaProperties;
import io.rebound.ingest.spool.Spool;
import io.rebound.ingest.spool.SpoolProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way into Kafka, and past it into the spool and back. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaProperties.class)
class PublishingConfiguration {

  @Bean(destroyMethod = "close")
  KafkaConnection kafkaConnection(
      KafkaProperties kafka, PublishingProperties publishing, MeterRegistry metrics)
      throws InterruptedException {
    return new KafkaConnection(new EventsCluster(kafka, publishing), publishing.probe(), metrics)
        .open(publishing.startup());
  }

  @Bean(destroyMethod = "close")
  Unacknowledged unacknowledged(PublishingProperties publishing) {
    return new Unacknowledged(publishing.patience()).start();
  }

  @Bean
  EventPublisher eventPublisher(
      KafkaConnection kafka, Spool spool, Unacknowledged unacknowledged, MeterRegistry metrics) {
    return new EventPublisher(kafka, spool, unacknowledged, metrics);
  }

  @Bean(destroyMethod = "close")
  SpoolDrain spoolDrain(
      KafkaConnection kafka,
      Spool spool,
      SpoolProperties settings,
      PublishingProperties publishing,
      MeterRegistry metrics) {
    return new SpoolDrain(kafka, spool, settings.drainEvery(), publishing.timeout(), metrics)
        .start();
  }

  @Bean
  HealthIndicator durabilityHealthIndicator(KafkaConnection kafka, Spool spool) {
    return new DurabilityHealth(kafka, spool);
  }
}
