package io.rebound.capisync.audiences;

import io.rebound.work.Workers;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps audiences in step. A step that fails leaves its claim to run out by itself. */
@Configuration(proxyBeanMethods = false)
class KeptInStep {
  private static final Duration IDLE = Duration.ofMillis(150);

  @Bean
  Workers audienceWorkers(AudienceSync sync) {
    return new Workers(
        "audience-sync",
        1,
        "Audiences can't be brought in step right now; what is due stays due",
        () -> sync.syncOne() ? Duration.ZERO : IDLE);
  }
}
