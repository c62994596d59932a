package io.rebound.privacy;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@link ErasedPersons} for a service that has the table {@code erased_person}. */
@Configuration(proxyBeanMethods = false)
public class ErasedPersonsConfiguration {

  @Bean
  ErasedPersons erasedPersons(
      JdbcClient jdbc,
      MeterRegistry registry,
      @Value("${spring.application.name}") String service) {
    return new ErasedPersons(jdbc, registry, service);
  }
}
