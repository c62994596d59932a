package io.rebound.ingest.sources;

import io.rebound.security.ConfiguredSecret;
import io.rebound.security.ConfiguredSecrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The write keys that the configuration gives, for the check that none is the demo's. */
@Configuration(proxyBeanMethods = false)
class ConfiguredKeys {

  @Bean
  ConfiguredSecrets writeKeys(SourcesProperties properties) {
    return new ConfiguredSecrets(
        properties.sources().stream()
            .flatMap(source ->
                source.keys().stream()
                    .map(key ->
                        new ConfiguredSecret("rebound.ingest.sources (" + source.id() + ")", key)))
            .toList());
  }
}
