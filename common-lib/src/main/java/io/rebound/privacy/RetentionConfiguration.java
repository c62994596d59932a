package io.rebound.privacy;

import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.consumption.KafkaProperties;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@link RetentionSweep}, {@link PlannerSamples} and {@link AgesOut} for a service that keeps
 * anything for a while.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
public class RetentionConfiguration {

  @Bean
  RetentionSweep retentionSweep(
      MeterRegistry registry, @Value("${spring.application.name}") String service, Clock clock) {
    return new RetentionSweep(registry, service, clock);
  }

  @Bean
  PlannerSamples plannerSamples(JdbcClient jdbc) {
    return new PlannerSamples(jdbc);
  }

  @Bean
  AgesOut agesOut(KafkaProperties kafka, RetentionProperties retention, Clock clock) {
    return new AgesOut(kafka, retention, clock);
  }
}
