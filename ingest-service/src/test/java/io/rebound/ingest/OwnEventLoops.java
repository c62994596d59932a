package io.rebound.ingest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * The service on event loops of its own: a service that is closed ends the loops which all others
 * of the JVM would share.
 */
@Import(IngestService.class)
class OwnEventLoops {
  @Bean
  ReactorResourceFactory reactorResourceFactory() {
    var loops = new ReactorResourceFactory();
    loops.setUseGlobalResources(false);
    return loops;
  }
}
