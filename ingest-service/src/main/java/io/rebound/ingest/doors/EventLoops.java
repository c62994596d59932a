package io.rebound.ingest.doors;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/**
 * The threads that serve connections: one a core, because at the doors they compute and never wait,
 * and more would only take turns. They are this service's alone: the framework's own, which all of
 * a JVM share, end with the first service that is closed.
 */
@Configuration(proxyBeanMethods = false)
class EventLoops {
  @Bean
  ReactorResourceFactory reactorResourceFactory() {
    var loops = new ReactorResourceFactory();
    loops.setUseGlobalResources(false);
    loops.setLoopResourcesSupplier(
        () -> LoopResources.create("doors", Runtime.getRuntime().availableProcessors(), true));
    return loops;
  }
}
