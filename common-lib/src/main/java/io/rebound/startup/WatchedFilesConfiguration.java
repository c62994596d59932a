package io.rebound.startup;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The watch over a service's key files. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
public class WatchedFilesConfiguration {

  @Bean
  WatchedFiles watchedFiles(
      MeterRegistry registry,
      @Value("${spring.application.name}") String service,
      ApplicationEventPublisher events) {
    return new WatchedFiles(registry, service, events);
  }
}
